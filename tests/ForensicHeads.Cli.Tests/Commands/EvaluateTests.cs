using System.Text.Json;

namespace ForensicHeads.Cli.Tests.Commands;

/// <summary><c>detect evaluate</c> as a command, and its evidence.</summary>
public sealed class EvaluateTests(DetectFixture made) : IClassFixture<DetectFixture>
{
    private TestCli Cli => made.Cli;

    [Fact]
    public async Task What_is_measured_stands_in_the_log_before_it_is_and_every_byte_of_the_folder_is_covered()
    {
        var result = await Run("unseen", "cross-condition");
        Assert.Equal((0, "cross-condition"), (result.Code, result.Json.GetProperty("protocol").GetString()));
        var log = Log("unseen");
        Assert.Equal(["start", "input", "input", "files"], log.Select(line => line.GetProperty("what").GetString()));
        var start = log[0].GetProperty("facts");
        Assert.StartsWith("AUC of clips for every pair of condition trained on and tested on",
            start.GetProperty("primary_endpoint").GetString(), StringComparison.Ordinal);
        Assert.Equal(["clean", "jpeg-50"],
            start.GetProperty("parameters").GetProperty("conditions").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal((2, 4),
            (start.GetProperty("parameters").GetProperty("options").GetProperty("folds").GetInt32(),
            start.GetProperty("parameters").GetProperty("options").GetProperty("least_frames").GetInt32()));
        Assert.Equal(new[] { "people", "fakes" }.Select(name => FrameStore.Open(Cli[name]).ContentHash),
            log[1..3].Select(line => line.GetProperty("facts").GetProperty("content_sha256").GetString()));
        var listed = log[3].GetProperty("facts").GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()!)
            .ToArray();
        Assert.Contains("results.json", listed);
        var kept = Lines("unseen").Where(line => line.GetProperty("what").GetString() == "kept").Select(line => line.GetProperty("facts"))
            .ToArray();
        Assert.Equal(listed.Where(file => file.StartsWith("features/", StringComparison.Ordinal)),
            kept.Select(one => one.GetProperty("file").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(kept, one =>
            Assert.Equal(Hashes.OfFile(Cli["unseen/" + one.GetProperty("file").GetString()]), one.GetProperty("sha256").GetString()));

        var head = log[3].GetProperty("hash").GetString()!;
        Assert.Contains($"head of its log: {head}", result.Error, StringComparison.Ordinal);
        await Cli.Succeed("verify", Cli["unseen"], "--head", head);
        foreach (var file in listed.Append("log.jsonl")) await NamedWhenChanged(file);
        Directory.Delete(Cli["unseen/features"], recursive: true);
        Assert.Contains("features/ was removed, a cache", (await Cli.Succeed("verify", Cli["unseen"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_endpoint_stays_on_record_when_the_run_fails_and_the_next_run_goes_on_with_the_chain()
    {
        var failed = await Run("again", "cross-mode");
        Assert.Equal(1, failed.Code);
        Assert.Contains("only the mode ff", failed.Error, StringComparison.Ordinal);
        Assert.Equal(["start", "input", "input"], Log("again").Select(line => line.GetProperty("what").GetString()));
        Assert.False(File.Exists(Cli["again/results.json"]));
        Assert.Equal(1, (await Cli.Run("verify", Cli["again"])).Code);
        Assert.Equal(0, (await Run("again", "cross-condition")).Code);
        Assert.Equal(["start", "input", "input", "start", "input", "input", "files"],
            Log("again").Select(line => line.GetProperty("what").GetString()));
        await Cli.Succeed("verify", Cli["again"]);
    }

    [Fact]
    public async Task The_results_of_another_protocol_are_never_mixed_with_ones_own()
    {
        Assert.Equal(0, (await Run("mixed", "cross-condition")).Code);
        var (log, results) = (await File.ReadAllTextAsync(Cli["mixed/log.jsonl"], TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Cli["mixed/results.json"], TestContext.Current.CancellationToken));
        foreach (var withoutLog in new[] { false, true })
        {
            if (withoutLog) File.Delete(Cli["mixed/log.jsonl"]);
            var other = await Run("mixed", "leave-one-generator-out");
            Assert.Equal(2, other.Code);
            Assert.Contains("holds results of cross-condition, and leave-one-generator-out would leave some", other.Error,
                StringComparison.Ordinal);
            Assert.Equal(results, await File.ReadAllTextAsync(Cli["mixed/results.json"], TestContext.Current.CancellationToken));
        }

        await File.WriteAllTextAsync(Cli["mixed/log.jsonl"], log, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Run("mixed", "cross-condition")).Code);
        await Cli.Succeed("verify", Cli["mixed"]);
    }

    [Theory]
    [InlineData("--folds", "1", "--folds 1 is outside 2 … 100")]
    [InlineData("--conditions", "fog", "'fog'")]
    [InlineData("--conditions", "clean,jpeg-50,clean", "'clean' is named twice")]
    [InlineData("--families", "nose", "--families is 'nose'; choose from chroma_detail, cooccurrence, dct_beta, detail_flicker, ")]
    [InlineData("--families", "srm,landmarks", "--families is 'landmarks'; choose from ")]
    [InlineData("--families", "cnn", "--families is 'cnn'; choose from ")]
    [InlineData("--families", "srm,dct_beta,srm", "'srm' is named twice")]
    [InlineData("--detectors", "none.detector.json", "leave-one-generator-out and leave-one-collection-out alone")]
    [InlineData("--import", "none.csv", "leave --import out")]
    public async Task A_wrong_option_leaves_no_folder(string option, string value, string words)
    {
        var result = await Run("wrong", "cross-condition", option, value);
        Assert.Equal(2, result.Code);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Cli["wrong"]));
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        Directory.CreateDirectory(Cli["other"]);
        await File.WriteAllTextAsync(Cli["other/thesis.txt"], "mine", TestContext.Current.CancellationToken);
        var result = await Run("other", "cross-condition");
        Assert.Equal(2, result.Code);
        Assert.Contains("is not empty", result.Error, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(Cli["other"]).Select(path => Path.GetFileName(path)));
    }

    private async Task NamedWhenChanged(string file)
    {
        var path = Cli["unseen/" + file];
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var changed = (byte[])bytes.Clone();
        changed[^2] ^= 1;
        await File.WriteAllBytesAsync(path, changed, TestContext.Current.CancellationToken);
        var verdict = await Cli.Run("verify", Cli["unseen"]);
        Assert.Equal(1, verdict.Code);
        Assert.StartsWith(file, verdict.Output, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
    }

    private Task<CliResult> Run(string folder, string protocol, params string[] more)
    {
        string[] usual =
            ["detect", "evaluate", "--protocol", protocol, "--real", Cli["people"], "--generated", Cli["fakes"], "--least-frames", "4",
            "--out", Cli[folder], "--json"];
        return Cli
            .Run([.. usual, .. more, .. more.Contains("--folds") ? Array.Empty<string>() : ["--folds", "2"], .. more.Contains("--families")
            ? Array.Empty<string>() : ["--families", "npr_stats"]]);
    }

    // Without the notes of what the cache keeps.
    private JsonElement[] Log(string folder) => [.. Lines(folder).Where(line => line.GetProperty("what").GetString() != "kept")];

    private JsonElement[] Lines(string folder) =>
        [.. File.ReadLines(Cli[folder + "/log.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];
}
