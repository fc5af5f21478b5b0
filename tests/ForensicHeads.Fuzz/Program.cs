using ForensicHeads.Fuzz;
using System.CommandLine;
using System.Globalization;
using SharpFuzz;

var name = new Argument<string>("TARGET") { Description = $"all, or one of {string.Join(", ", FuzzTargets.Names)}." };
var runs = new Option<int?>("--runs")
{
    Description =
        "Try so many mutants in this process. Without it a fuzzer (afl-fuzz, libfuzzer-dotnet) gives the inputs, or one comes on standard "
    + "input.",
    HelpName = "N"
};
var draw = new Option<long>("--seed")
{
    Description = "Which mutants; the same number gives the same ones.",
    DefaultValueFactory = _ =>
    Mutator.FirstDraw,
    HelpName = "S"
};
var seeds = new Option<string?>("--seeds")
{
    Description = "A folder of good inputs to mutate; default: those that the target makes.",
    HelpName = "DIR"
};
var write =
    new Option<string?>("--write-seeds")
    {
        Description = "Write the target's good inputs here, for a fuzzer to begin with, and end.",
        HelpName = "DIR"
    };
var faults =
    new Option<string>("--faults")
    {
        Description = "Where inputs go that were not answered as documented.",
        DefaultValueFactory = _ =>
        Path.Combine("out", "fuzz"),
        HelpName = "DIR"
    };
var libFuzzer = new Option<bool>("--libfuzzer") { Description = "The fuzzer is libfuzzer-dotnet, not afl-fuzz." };
var command =
    new RootCommand("Gives spoilt files to the toolkit's own parsers: each must be read or refused in the documented way.") { name, runs,
    draw, seeds, write, faults, libFuzzer };
command.SetAction(parse =>
{
    try
    {
        var names = parse.GetRequiredValue(name) is var given && given == "all" ? FuzzTargets.Names : [given];
        if (parse.GetValue(write) is { } folder) return Write(names, folder);
        if (parse.GetValue(runs) is { } count) return names.Sum(
            one => Run(one, count, parse.GetValue(draw), parse.GetValue(seeds), parse.GetRequiredValue(faults))) == 0 ? 0 : 1;
        return UnderFuzzer(names.Single(), parse.GetValue(libFuzzer));
    }
    catch (UserErrorException error)
    {
        Console.Error.WriteLine(error.Message);
        return error.ExitCode;
    }
});
return command.Parse(args).Invoke();

static int Write(IEnumerable<string> names, string folder)
{
    foreach (var one in names)
    {
        using var target = FuzzTargets.Open(one);
        for (var i = 0; i < target.Seeds.Count; i++) AtomicFile.WriteBytes(
            Path.Combine(folder, one, string.Create(CultureInfo.InvariantCulture, $"{i}")), target.Seeds[i]);
    }

    return 0;
}

static int Run(string one, int count, long draw, string? folder, string faults)
{
    using var target = FuzzTargets.Open(one);
    var good = folder is null ? target.Seeds
        : [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    if (good.Count == 0) throw new UserErrorException($"{folder} holds no file to mutate; name a folder of good inputs.", exitCode: 2);
    var result = FuzzRun.Of(one, target, good, count, draw, (input, fault) =>
    {
        var file = Path.Combine(faults, $"{one}-{Hashes.Of(input)[..12]}");
        AtomicFile.WriteBytes(file, input);
        Console.Error.WriteLine($"{file}: {fault}");
    });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{one}: {result.SeedsRead} of {good.Count} good files read; {count} mutants of draw {draw}: {result.Read} read, "
        + $"{result.Refused} refused, {result.Faults.Count} not answered as documented, slowest {result.Slowest.TotalSeconds:0.00} s"));
    return result.Faults.Count;
}

static int UnderFuzzer(string one, bool isLibFuzzer)
{
    // Made with the first input: instrumented code has nowhere to count before the fuzzer's memory is there.
    FuzzTarget? target = null;
    if (isLibFuzzer) Fuzzer.LibFuzzer.Run(bytes => (target ??= FuzzTargets.Open(one)).Try(bytes.ToArray()));
    else Fuzzer.OutOfProcess.Run(stream =>
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        (target ??= FuzzTargets.Open(one)).Try(bytes.ToArray());
    });
    target?.Dispose();
    return 0;
}
