using ForensicHeads.Fuzz;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Mutants of every format are read, or refused in the documented way: no crash, no hang, no memory without bound, no other exit
/// code.</summary>
/// <remarks>
/// <c>FORENSICHEADS_MUTANTS=500</c> tries so many of each in place of 100, all of the media through <c>ingest</c> as well, and writes a
/// table to <c>out/mutants.md</c> below the repository. <c>FORENSICHEADS_FORMATS=mp4,onnx</c> takes these alone. Mutant N of a format is
/// always the same bytes.
/// </remarks>
public sealed class MutationTests(HostileFiles made) : IClassFixture<HostileFiles>
{
    private const string Switch = "FORENSICHEADS_MUTANTS";
    private const int Usual = 100;
    private const int UsualIngested = 3;

    // Whoever shares the machine may make us wait; nothing that works takes a thousandth of it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    // MiB. The runtime with libtorch, OpenCV and ONNX Runtime takes some 600 of them before the first mutant.
    private const long MostMemory = 3000;

    public static TheoryData<string> Formats =>
        [.. Environment.GetEnvironmentVariable("FORENSICHEADS_FORMATS") is { Length: > 0 } asked ? asked.Split(',') : HostileFiles.Names];

    private static int? Asked =>
        int.TryParse(Environment.GetEnvironmentVariable(Switch), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked
        : null;

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Mutants_are_read_or_refused(string name)
    {
        var format = made.Format(name);
        Assert.True(await format.Try(format.Seed) == MutantOutcome.Read, $"the good {name} was refused");
        var mutator = new Mutator(name, format.Seed, [.. HostileFiles.Donors.Where(other => other != name).Select(made.Seed)]);
        var (faults, count) = (new List<string>(), new Count { SeedBytes = format.Seed.Length });
        Memory.Reset();
        for (var number = 0; number < (Asked ?? Usual); number++)
        {
            var watch = Stopwatch.StartNew();
            var attempt = format.Try(mutator.Mutant(number));
            if (await Task.WhenAny(attempt, Task.Delay(Patience, TestContext.Current.CancellationToken)) != attempt)
            {
                Assert.Fail($"{name}, mutant {number} hangs");
            }

            count.Mutants++;
            count.Slowest = watch.Elapsed > count.Slowest ? watch.Elapsed : count.Slowest;
            if (watch.Elapsed > Hang) count.Hangs++;
            try
            {
                if (await attempt == MutantOutcome.Read) count.Read++;
                else count.Refused++;
            }
            catch (Exception error)
            {
                if (error is MutantException { WrongCode: true }) count.WrongCodes++;
                else count.Crashes++;
                faults.Add($"mutant {number}: {error.GetType().Name}: {error.Message}");
            }
        }

        var peak = Memory.OwnPeak;
        if (Asked is not null)
            Note(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {count.SeedBytes} | {count.Mutants} | {count.Read} | {count.Refused} | {count.Crashes} | {count.Hangs} | "
                + $"{count.Slowest.TotalSeconds:0.00} | {count.WrongCodes} | {peak} | {Memory.ChildPeak} |"));
        Assert.True(faults.Count == 0, $"{name}: {faults.Count} faults:\n{string.Join('\n', faults.Take(10))}");
        Assert.InRange(Math.Max(peak, Memory.ChildPeak), 0, MostMemory);
    }

    [Fact]
    public async Task A_folder_of_mutants_is_ingested_to_its_end()
    {
        var models = SharedData.Models;
        var source = made.Cli["mutants"];
        Directory.CreateDirectory(Path.Combine(source, "ann"));
        await File.WriteAllBytesAsync(Path.Combine(source, "ann/good.mp4"), made.Seed("mp4"), TestContext.Current.CancellationToken);
        var written = 1;
        foreach (var name in HostileFiles.Media)
        {
            var mutator = new Mutator(name, made.Seed(name), [.. HostileFiles.Donors.Where(other => other != name).Select(made.Seed)]);
            for (var number = 0; number < (Asked ?? UsualIngested); number++, written++)
            {
                await File
                    .WriteAllBytesAsync(Path.Combine(source, string.Create(CultureInfo.InvariantCulture, $"ann/{name}-{number:D4}.{name}")),
                    mutator.Mutant(number), TestContext.Current.CancellationToken);
            }
        }

        Memory.Reset();
        var watch = Stopwatch.StartNew();
        var result = await made.Cli.Run("ingest", source, "--out", made.Cli["mutants-store"], "--models", models, "--size", "64");
        Assert.Equal(3, result.Code);
        var store = FrameStore.Open(made.Cli["mutants-store"]);
        Assert.Equal(8, store.FramesOfVideo("ann-good").Count());
        Assert.DoesNotContain(store.ReadRejected(), line =>
            line.Reason.Contains("unexpectedly", StringComparison.Ordinal) || line.Reason.Contains('\n', StringComparison.Ordinal));
        // Each file either gave frames or a line.
        var named = store.ReadRejected().Select(line => line.File)
            .Concat(store.Frames.Select(frame => frame.Video.Replace("ann-", "ann/", StringComparison.Ordinal)))
            .Select(file => Path.ChangeExtension(file, null)).Distinct().Count();
        Assert.Equal(written, named);
        var read = store.Videos.Count() - 1;
        if (Asked is not null)
            Note(string.Create(CultureInfo.InvariantCulture,
                $"| ingest of all media | | {written - 1} | {read} | {written - 1 - read} | 0 | | "
                + $"{watch.Elapsed.TotalSeconds:0.00} for all | 0 | {Memory.OwnPeak} | {Memory.ChildPeak} |"));
    }

    private static void Note(string row)
    {
        var table = Repository.At("out/mutants.md");
        Directory.CreateDirectory(Path.GetDirectoryName(table)!);
        var text = new StringBuilder();
        if (!File.Exists(table)) text.AppendLine(
            "| format | seed bytes | mutants | read | refused | crashes | hangs over 10 s | slowest, s | wrong exit codes | peak of the "
            + "process, MiB | of any child, MiB |").AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        text.AppendLine(row);
        File.AppendAllText(table, text.ToString());
    }

    private sealed class Count
    {
        public int SeedBytes { get; set; }

        public int Mutants { get; set; }

        public int Read { get; set; }

        public int Refused { get; set; }

        public int Crashes { get; set; }

        public int Hangs { get; set; }

        public int WrongCodes { get; set; }

        public TimeSpan Slowest { get; set; }
    }
}
