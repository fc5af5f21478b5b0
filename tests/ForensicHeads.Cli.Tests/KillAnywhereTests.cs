using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Cli.Tests;

/// <summary>
/// Commands killed with <c>kill -9</c> at random moments and run again end with the same bytes as one that was not. Trainings are killed in
/// <see cref="KillTests"/>. <c>FORENSICHEADS_KILLS=50</c> kills each so often, and an experiment as well.
/// </summary>
public sealed class KillAnywhereTests : IDisposable
{
    private const int UsualKills = 1;

    // What may differ from run to run.
    private static readonly string[] Volatile = ["environment.json", "timings.json", EvidenceLog.Name];

    private readonly TestCli cli = new();

    private static int? Asked =>
        int.TryParse(Environment.GetEnvironmentVariable("FORENSICHEADS_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out var asked) ? asked : null;

    public void Dispose() => cli.Dispose();

    [Fact]
    public void An_ingest_goes_on_with_the_files_that_were_done()
    {
        var models = SharedData.Models;
        var people = Directory.CreateDirectory(cli["videos/ann"]).FullName;
        for (var clip = 0; clip < 3; clip++)
        {
            var video = new ProceduralVideo(ProceduralPerson.Create(5, clip), 0, 5);
            using var encoder =
                new VideoEncoder(Path.Combine(people, $"{clip}.mp4"), 128, 128, new VideoEncoderOptions { Preset = "ultrafast" });
            for (var frame = 0; frame < 6; frame++) encoder.Write(video.Render(frame, 128).Image);
            encoder.Complete();
        }

        File.WriteAllText(Path.Combine(people, "broken.mp4"), "no video");
        KillsChangeNothing(folder =>
            ["ingest", cli["videos"], "--out", Path.Combine(folder, "store"), "--size", "64", "--models", models], code: 3);
    }

    [Fact]
    public async Task A_generation_is_made_again_or_taken_as_it_is()
    {
        using (var weights = new GeneratorWeights(SmallNetworks.Of64, 1))
            weights.Save(cli["tiny.safetensors"], new Dictionary<string, string>());
        await cli.Succeed("procedural", "--identities", "1", "--videos", "2", "--frames", "12", "--size", "64", "--out", cli["people"]);
        await cli
            .Succeed("adapt", "--weights", cli["tiny.safetensors"], "--shots-from", cli["people"] + ":p70000-v0", "--shots", "1", "--out",
            cli["head.safetensors"]);
        string[] command =
            ["generate", "--head", cli["head.safetensors"], "--drive", cli["people"] + ":p70000-v1", "--threads", "1", "--out"];
        KillsChangeNothing(folder => [.. command, Path.Combine(folder, "fakes")]);
        KillsChangeNothing(folder => [.. command, Path.Combine(folder, "fakes.mp4")]);
    }

    [Fact]
    public async Task A_detector_s_training_goes_on_with_the_frames_that_were_measured()
    {
        await cli.Succeed("procedural", "--identities", "6", "--videos", "1", "--frames", "100", "--stride", "1", "--size", "32", "--out",
            cli["people"]);
        var people = FrameStore.Open(cli["people"]);
        using (var writer = StoreWriter.Create(cli["fakes"], people.Info with { Name = "fakes" }))
        {
            foreach (var frame in people.Frames) writer.Add(frame with { Origin = FrameOrigin.MadeBy("blur") },
                ImageResize.Area(ImageResize.Area(people.ReadImage(frame), 16, 16), 32, 32));
            writer.Complete();
        }

        KillsChangeNothing(folder =>
            ["detect", "train", "--real", cli["people"], "--generated", cli["fakes"], "--out", Path.Combine(folder, "detector"),
            "--families", "dct_beta", "--trainer", "logistic", "--near-duplicates", "ignore"]);
    }

    [Fact]
    public async Task An_experiment_goes_on_with_the_steps_that_were_done()
    {
        Assert.SkipUnless(Asked is not null, "some minutes; set FORENSICHEADS_KILLS");
        float[] mean = [.. Enumerable.Range(0, SmallNetworks.Of64.Embedding).Select(i => i / 4f)];
        using (var weights = new GeneratorWeights(SmallNetworks.Of64, 1) { MeanEmbedding = mean })
            weights.Save(cli["weights.safetensors"], new Dictionary<string, string>());
        using (var autoEncoder = new FrameAutoEncoder(SmallNetworks.Of64, 1))
            autoEncoder.Save(cli["autoencoder.safetensors"], new Dictionary<string, string>());
        await File.WriteAllTextAsync(cli["tiny.json"], $$"""
            {
              "name": "tiny",
              "procedural": { "identities": 9, "first_identity": 500, "videos": 2, "frames": 6, "stride": 4, "seed": 1 },
              "generator": { "weights": "{{cli["weights.safetensors"]}}", "autoencoder": "{{cli["autoencoder.safetensors"]}}" },
              "quality": { "judge": null, "landmarks": null },
              "roles": { "train": 3, "validation": 2, "calibration": 1, "test": 3 },
              "shots": [1, 2], "driver_frames": 3, "adapt": { "updates": 2, "batch": 2 }, "conditions": ["clean"], "ladder": [],
              "detector": { "trees": 10, "rows_per_leaf": 2 }, "permutations": 200, "near_duplicates": "report",
            }
            """, TestContext.Current.CancellationToken);
        KillsChangeNothing(folder => ["experiment", "run", cli["tiny.json"], "--out", Path.Combine(folder, "report")]);
        Assert.Equal(0, (await cli.Run("verify", cli["killed/report"])).Code);
    }

    private void KillsChangeNothing(Func<string, string[]> command, int code = 0)
    {
        foreach (var folder in new[] { "whole", "killed" })
        {
            if (Directory.Exists(cli[folder])) Directory.Delete(cli[folder], recursive: true);
            Directory.CreateDirectory(cli[folder]);
        }

        var watch = Stopwatch.StartNew();
        var changes = new KilledCommand(cli["whole"], command(cli["whole"])).ToTheEnd(code);
        Assert.True(changes > 0, "nothing was written");
        var whole = Content("whole");
        var killed = new KilledCommand(cli["killed"], command(cli["killed"]));
        var random = new SeededRandom(1, "kills/" + command("")[0]);
        for (var (kills, ended) = (0, 0); kills < (Asked ?? UsualKills);)
        {
            if (killed.UntilKilled(random.NextInt(changes + 1), random))
            {
                kills++;
                continue;
            }

            // It came to its end before; what it left must be whole, and the next begins anew.
            Assert.Equal(whole, Content("killed"));
            foreach (var entry in Directory.EnumerateFileSystemEntries(cli["killed"])) Remove(entry);
            Assert.True(++ended < 20 * (kills + 1), $"of {ended} runs only {kills} could be killed");
        }

        killed.ToTheEnd(code);
        Assert.Equal(whole, Content("killed"));
        TestContext.Current.SendDiagnosticMessage($"{command("")[0]}: {Asked ?? UsualKills} kills in {watch.Elapsed}");
    }

    // A cache may hold what a killed run left; what counts are the results.
    private SortedDictionary<string, string> Content(string folder) => new(
        Directory.EnumerateFiles(cli[folder], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(cli[folder], file))
            .Where(file => !Volatile.Contains(Path.GetFileName(file)))
            .ToDictionary(file => file, file => Hashes.OfFile(Path.Combine(cli[folder], file))),
        StringComparer.Ordinal);

    private static void Remove(string entry)
    {
        if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
        else File.Delete(entry);
    }
}
