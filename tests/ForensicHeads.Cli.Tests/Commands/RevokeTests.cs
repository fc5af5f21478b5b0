namespace ForensicHeads.Cli.Tests.Commands;

/// <summary><c>datasets revoke</c> over everything that can be made from a person.</summary>
public sealed class RevokeTests : IDisposable
{
    private readonly TestCli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Everything_made_from_a_person_is_found_and_removed_and_nothing_else()
    {
        await Make();
        var others = Content(cli["made/of-p1"]);
        var before = Content(cli["made"]);

        var listed = await cli.Succeed("datasets", "revoke", cli["people"], cli["made"], "--identity", "p70000", "--json");
        Assert.Equal(before, Content(cli["made"]));
        Assert.Equal(
        [
            "detector detector", "experiment report", "experiment unseen", "export crossed.mp4", "export crossed.mp4.json",
                "export my clip.mp4", "export my clip.mp4.json", "export pictures/000000.png", "export pictures/000001.png",
                "export pictures/provenance.json",
            "head head.onnx", "head head.safetensors", "split splits/default.json", "store fakes", "store people", "training run",
        ], Things(listed));

        var removed = await cli.Succeed(
            "datasets", "revoke", cli["people"], cli["made"], "--identity", "p70000", "--remove", "--keep-models", "--json");
        Assert.True(Directory.Exists(cli["made/detector"]) && Directory.Exists(cli["made/run"]));
        Assert.Contains("2 model(s) that learnt from p70000 were kept", removed.Error, StringComparison.Ordinal);
        Assert.Equal(others, Content(cli["made/of-p1"]));
        Assert.Equal(["p70001"], FrameStore.Open(cli["people"]).Identities);
        Assert.Empty(FrameStore.Open(cli["made/fakes"]).Frames);
        Assert.Equal(["p70001"], Split.Load(cli["made/splits/default.json"]).Identities.Keys);
        Assert.Equal(["detector", "fakes", "of-p1", "run", "splits"],
            Directory.EnumerateFileSystemEntries(cli["made"]).Select(entry => Path.GetFileName(entry)).Where(name => name != "pictures")
            .Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(cli["made/pictures"]));
        Assert.Empty(Things(await cli.Succeed("datasets", "revoke", cli["people"], cli["made"], "--identity", "p70000", "--json")));
    }

    [Fact]
    public async Task Models_go_with_the_rest_and_what_cannot_be_read_is_named()
    {
        await cli.Succeed("procedural", "--identities", "2", "--videos", "1", "--frames", "3", "--size", "32", "--out", cli["people"]);
        using (var weights = new GeneratorWeights(TinyPreset.Value, 1)) weights.Save(
            cli["tiny.safetensors"], new Dictionary<string, string>());
        await cli
            .Succeed("train", "--data", cli["people"], "--init", cli["tiny.safetensors"], "--steps", "1", "--batch", "2", "--shots", "1",
            "--out", cli["made/run"]);
        await File.WriteAllTextAsync(cli["made/broken.safetensors"], "no head", TestContext.Current.CancellationToken);
        var result = await cli.Succeed("datasets", "revoke", cli["people"], cli["made"], "--identity", "p70000", "--remove", "--json");
        Assert.Equal(["store people", "training run"], Things(result));
        Assert.Contains("broken.safetensors cannot be read and was passed over", result.Error, StringComparison.Ordinal);
        Assert.Equal(["broken.safetensors"], Directory.EnumerateFileSystemEntries(cli["made"]).Select(entry => Path.GetFileName(entry)));
        Assert.Equal(2, (await cli.Run("datasets", "revoke", cli["nowhere"], "--identity", "p70000")).Code);
    }

    [Fact]
    public async Task A_log_of_somebody_else_hides_nothing_and_what_lies_in_a_report_is_found_beside_it()
    {
        await cli.Succeed("procedural", "--identities", "2", "--videos", "1", "--frames", "2", "--size", "32", "--out",
            cli["made/other/people"]);
        await File.WriteAllTextAsync(cli["made/other/log.jsonl"], "{\"epoch\": 1}\n", TestContext.Current.CancellationToken);
        Assert.Equal(["store other/people"],
            Things(await cli.Succeed("datasets", "revoke", cli["made"], "--identity", "p70000", "--json")));
        // A chain of ours: the report does not show p70000, the store that somebody put beneath it does.
        await File.WriteAllTextAsync(cli["made/other/log.jsonl"], "{\"what\": \"start\", \"hash\": \"00\"}\n",
            TestContext.Current.CancellationToken);
        Assert.Equal(["store other/people"],
            Things(await cli.Succeed("datasets", "revoke", cli["made"], "--identity", "p70000", "--json")));
    }

    // Two people; of the first everything that there is, of the second a head, a video and a store of their own.
    private async Task Make()
    {
        await cli.Succeed("procedural", "--identities", "2", "--videos", "2", "--frames", "2", "--size", "32", "--out", cli["people"]);
        using (var weights = new GeneratorWeights(TinyPreset.Value, 1)) weights.Save(
            cli["tiny.safetensors"], new Dictionary<string, string>());
        async Task Adapt(string person, string to) =>
            await cli
            .Succeed("adapt", "--weights", cli["tiny.safetensors"], "--shots-from", $"{cli["people"]}:{person}-v0", "--shots", "1", "--out",
            cli[to]);
        async Task Generate(string head, string video, string to, string format = "auto") =>
            await cli.Succeed("generate", "--head", cli[head], "--drive", $"{cli["people"]}:{video}", "--out", cli[to], "--format", format,
            "--threads", "1");
        await Adapt("p70000", "made/head.safetensors");
        await Adapt("p70001", "made/of-p1/head.safetensors");
        await cli.Succeed("export", "--head", cli["made/head.safetensors"], "--out", cli["made/head.onnx"]);
        await Generate("made/head.safetensors", "p70000-v1", "made/my clip.mp4");
        await Generate("made/head.safetensors", "p70000-v1", "made/pictures", "png");
        await Generate("made/head.safetensors", "p70000-v1", "made/fakes");
        await Generate("made/of-p1/head.safetensors", "p70001-v1", "made/of-p1/clip.mp4");
        await Generate("made/of-p1/head.safetensors", "p70001-v1", "made/of-p1/fakes");
        // Of the second person, but driven by the first.
        await Generate("made/of-p1/head.safetensors", "p70000-v1", "made/crossed.mp4");
        await cli.Succeed("datasets", "split", cli["people"], "--generator", "0", "--train", "2", "--validation", "0", "--calibration", "0",
            "--test", "0", "--out", cli["made/splits/default.json"]);
        await cli
            .Succeed("train", "--data", cli["people"], "--init", cli["tiny.safetensors"], "--steps", "1", "--batch", "2", "--shots", "1",
            "--out", cli["made/run"]);
        await cli.Succeed("detect", "train", "--real", cli["people"], "--generated", cli["made/fakes"], "--split",
            cli["made/splits/default.json"], "--out", cli["made/detector"], "--families", "dct_beta", "--trainer", "logistic",
            "--near-duplicates", "ignore");
        // A report of an experiment, and one of detect evaluate.
        foreach (var (folder, file) in new[] { ("report", "experiment.json"), ("unseen", "results.json") })
        {
            using var log = EvidenceLog.Open(cli["made/" + folder], TimeProvider.System, "results.json", "work");
            AtomicFile.WriteText(cli[$"made/{folder}/{file}"], "{}\n");
            log.Append("input", new { store = "people", content_sha256 = FrameStore.Open(cli["people"]).ContentHash });
            log.Close(TestContext.Current.CancellationToken);
        }
    }

    private string[] Things(CliResult result) =>
    [
        .. result.Json.GetProperty("things").EnumerateArray()
        .Select(thing =>
            $"{thing.GetProperty("kind").GetString()} "
        + $"{Path.GetRelativePath(cli.Folder, thing.GetProperty("path").GetString()!).Replace("made/", "", StringComparison.Ordinal)}")
        .Order(StringComparer.Ordinal),
    ];

    private static SortedDictionary<string, string> Content(string folder) =>
        new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, Hashes.OfFile),
        StringComparer.Ordinal);
}
