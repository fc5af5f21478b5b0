using System.Text.Json;

namespace ForensicHeads.Cli.Tests.Commands;

/// <summary><c>detect train</c> and <c>detect score</c> as commands.</summary>
public sealed class DetectTests(DetectFixture made) : IClassFixture<DetectFixture>
{
    private TestCli Cli => made.Cli;

    [Fact]
    public void Training_says_what_was_learnt_from_whom()
    {
        var json = made.Trained.Json;
        var manifest = json.GetProperty("manifest");
        Assert.Equal(6, manifest.GetProperty("training_people").GetInt32());
        Assert.Equal("fast_forest", manifest.GetProperty("options").GetProperty("model").GetString());
        Assert.Equal(2, manifest.GetProperty("importance").GetArrayLength());
        Assert.Equal(0.5, json.GetProperty("validation").GetProperty("frame_auc").GetDouble());
        var scorers = json.GetProperty("validation").GetProperty("scorers").EnumerateArray().ToArray();
        Assert.Equal(["detector", "trivial_pixels", "metadata_only"], scorers.Select(scorer => scorer.GetProperty("name").GetString()));
        Assert.Equal(json.GetProperty("validation").GetProperty("video_auc").GetDouble(),
            scorers[0].GetProperty("video_auc").GetProperty("value").GetDouble(), 1e-6);
        // So few frames teach this forest nothing, and an interval of no width would hide it.
        Assert.All(scorers,
            scorer =>
                Assert.Equal("0.5  all have the same score",
            $"{scorer.GetProperty("frame_auc").GetProperty("value")} {scorer.GetProperty("frame_auc").GetProperty("low")} "
            + $"{scorer.GetProperty("frame_auc").GetProperty("warning")}"));
        Assert.Contains("does as well as the detector (AUC 0.500 and 0.500)", made.Trained.Error, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("calibrator").ValueKind);
        Assert.Contains("no calibrator: the calibration role has 2 people", made.Trained.Error, StringComparison.Ordinal);
        Assert.Contains("Trained on", json.GetProperty("scope").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file or folder", "absent.mp4", 2)]
    [InlineData("holds no picture or video. Name another folder", "nothing", 1)]
    public async Task Paths_that_lead_nowhere_are_named(string words, string path, int code)
    {
        Directory.CreateDirectory(Cli["nothing"]);
        var result = await Cli.Run("detect", "score", Cli[path], "--detector", Cli["detector"]);
        Assert.Equal(code, result.Code);
        Assert.Contains(words, result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_scored_to_its_end_and_reported_whatever_lies_in_it()
    {
        var models = SharedData.Models;
        var folder = Directory.CreateDirectory(Cli["media"]).FullName;
        Clip(Path.Combine(folder, "a-clip.mp4"));
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "b-photo.png"), ImageCodec.EncodePng(Head(0)), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "c-broken.mp4"), "no video", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "not looked at", TestContext.Current.CancellationToken);
        var before = Directory.GetFiles(folder).ToDictionary(file => file, ForensicHeads.Foundation.Hashes.OfFile);

        var result = await Cli.Run(
            "detect", "score", folder, "--detector", Cli["detector"], "--models", models, "--report", Cli["report"], "--json");
        Assert.Equal(3, result.Code);
        var files = result.Json.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["ok", "ok", "rejected"], files.Select(file => file.GetProperty("status").GetString()));
        foreach (var name in new[] { "file", "sha256", "container", "llr", "score", "verdict", "tracks", "scope", "warnings" }) Assert.All(
            files, file => Assert.True(file.TryGetProperty(name, out _), name));
        var left = Assert.Single(result.Json.GetProperty("left_out").EnumerateArray());
        Assert.Equal((Path.Combine(folder, "notes.txt"), "no picture or video by its first bytes"),
            (left.GetProperty("file").GetString(), left.GetProperty("reason").GetString()));
        Assert.Contains("1 file of ", result.Error, StringComparison.Ordinal);
        var track = Assert.Single(files[0].GetProperty("tracks").EnumerateArray());
        Assert.Equal(20, track.GetProperty("series").GetProperty("score").GetArrayLength());
        Assert.Equal("inconclusive", files[0].GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Null, files[1].GetProperty("verdict").ValueKind);
        Assert.Contains("not a known container", files[2].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("real ▁", result.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?<![A-Za-z])FAKE(?![A-Za-z])", result.Error);

        var page = await File.ReadAllTextAsync(Cli["report/report.html"], TestContext.Current.CancellationToken);
        Assert.Equal(result.Output, await File.ReadAllTextAsync(Cli["report/scores.json"], TestContext.Current.CancellationToken));
        Assert.Equal(2, page.Split("Explanation of frame").Length / 2);
        Assert.Equal(2, Directory.GetFiles(Cli["report/explanations"], "*.png").Length);
        Assert.Contains("c-broken.mp4 was rejected", page, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(folder).ToDictionary(file => file, ForensicHeads.Foundation.Hashes.OfFile));
        await HoldsAsEvidence(files);
    }

    private async Task HoldsAsEvidence(JsonElement[] files)
    {
        var log = File.ReadLines(Cli["report/log.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["start", "scored", "scored", "scored", "files"], log.Select(line => line.GetProperty("what").GetString()));
        var start = log[0].GetProperty("facts");
        Assert.StartsWith("log10 likelihood ratio of each video", start.GetProperty("primary_endpoint").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(["rfb-320", "openseeface-0", "detector"],
            start.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.Equal(files.Select(file => file.GetProperty("sha256").GetString()),
            log[1..4].Select(line => line.GetProperty("facts").GetProperty("sha256").GetString()));
        Assert.Equal(0, (await Cli.Run("verify", Cli["report"], "--head", log[^1].GetProperty("hash").GetString()!)).Code);
        await File.AppendAllTextAsync(Cli["report/scores.json"], " ", TestContext.Current.CancellationToken);
        var changed = await Cli.Run("verify", Cli["report"]);
        Assert.Equal(1, changed.Code);
        Assert.StartsWith("scores.json was changed", changed.Output, StringComparison.Ordinal);
        Assert.Equal(2,
            (await Cli
            .Run("detect", "score", Cli["media/b-photo.png"], "--detector", Cli["detector"], "--models", SharedData.Models, "--report",
            Cli["media"])).Code);
    }

    [Fact]
    public async Task A_network_and_landmarks_over_time_go_from_training_to_a_scored_clip()
    {
        var models = SharedData.Models;
        var trained = await Cli.Succeed(
            "detect", "train", "--real", Cli["people"], "--generated", Cli["fakes"], "--out", Cli["trained"], "--families",
                "landmarks,dct_beta,cnn", "--cnn-steps", "3", "--trees", "10", "--near-duplicates", "ignore", "--models", models, "--json");
        Assert.Equal(["landmarks", "dct_beta", "cnn"],
            trained.Json.GetProperty("manifest").GetProperty("families").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("ingest", trained.Json.GetProperty("manifest").GetProperty("landmark_finder").GetString());
        Assert.Contains("left out of each fold's network", trained.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Cli["trained/cnn.onnx"]));
        Clip(Cli["talk.mp4"]);
        var scored = await Cli.Succeed("detect", "score", Cli["talk.mp4"], "--detector", Cli["trained"], "--models", models, "--json");
        var track = Assert.Single(scored.Json.GetProperty("files")[0].GetProperty("tracks").EnumerateArray());
        Assert.Equal(20, track.GetProperty("series").GetProperty("score").GetArrayLength());
        Assert.Equal(3, track.GetProperty("families").GetArrayLength());
    }

    private static ForensicHeads.Foundation.RgbImage Head(int frame) =>
        new ProceduralVideo(ProceduralPerson.Create(5, 3), 0, 5).Render(frame, 256).Image;

    private static void Clip(string path)
    {
        using var encoder = new VideoEncoder(path, 256, 256, new VideoEncoderOptions { Preset = "ultrafast" });
        for (var i = 0; i < 20; i++) encoder.Write(Head(i));
        encoder.Complete();
    }
}
