namespace ForensicHeads.Experiments.Tests;

/// <summary>Detectors of others in a whole experiment.</summary>
public sealed class ForeignDetectorTests : IDisposable
{
    private readonly TinyExperiment tiny = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => tiny.Dispose();

    [Fact]
    public async Task Detectors_of_others_get_what_ours_get_and_what_they_leave_out_is_counted()
    {
        // The longer the PNG of a frame, the more it counts as generated.
        const string Score = "echo key,score > $2; tail -n +2 $1 | tr -d '\"' | while IFS=, read k p; do echo $k,$(wc -c < $p) >> $2; done";
        Write("size", Score, "median");
        Write("none", "echo out of memory >&2; exit 9");
        Write("half", Score + "; sed -i '2d' $2");
        var config = Read("size", "none", "half");
        var page = await tiny.RunAsync("out", Cancellation, config);

        var results = ExperimentResults.Read(tiny["out"]);
        var rows = results.AccuracyPerShot.Where(row => row.Detector == "size").ToArray();
        Assert.Equal(results.AccuracyPerShot.Count(row => row.Detector == Detectors.Artefact), rows.Length);
        Assert.Contains(results.Attackers, row => row is { Detector: "size" } && row.Mode == Method.Of("affine-warp"));
        Assert.Contains(results.Robustness, row => row is { Detector: "size", Step: "jpeg-50" });
        Assert.Contains(results.Comparisons, row => row is { First: "artefact ff 1", Second: "size ff 1", Difference: not null });
        Assert.Contains(results.Validation, row => row is { Detector: "size", Condition: "clean" });
        Assert.DoesNotContain(results.AccuracyPerShot, row => row.Detector == "none");
        Assert.Contains(results.Failures, row => row.Name == "none" && row.Frames > 0
            && row.Reason == "it ended with exit code 9; it said: out of memory");
        Assert.Contains(results.Failures, row => row is { Name: "half", Frames: 1, Reason: "it gave no score for these frames" });
        Assert.Contains(results.Limitations, line => line.Contains("size is a detector of others", StringComparison.Ordinal)
            && line.Contains("trained on: nothing", StringComparison.Ordinal));
        Assert.Contains("detector size (for tests; trained on: nothing)", await File.ReadAllTextAsync(page, Cancellation),
            StringComparison.Ordinal);
        // The score is the length of the file itself.
        var scored = ScoreFile.Read(tiny["out"]).Where(item => item.Detector == "size" && item.Condition == "clean").ToArray();
        Assert.All(scored, item => Assert.True(item.Score + results.Validation.First(row => row.Detector == "size").FrameThreshold > 1000));

        var first = File.ReadAllBytes(tiny["out/results.json"]);
        await tiny.RunAsync("out", Cancellation, config);
        Assert.Equal(first, File.ReadAllBytes(tiny["out/results.json"]));
    }

    [Fact]
    public void A_name_that_is_taken_and_a_file_that_is_not_there_are_refused()
    {
        Write("artefact", "true");
        Assert.Contains("names of files that no other detector has",
            Assert.Throws<UserErrorException>(() => Read("artefact")).Message, StringComparison.Ordinal);
        var gone = Assert.Throws<UserErrorException>(() => Read("gone"));
        Assert.Contains("Cannot read the detector", gone.Message, StringComparison.Ordinal);
    }

    private ExperimentConfig Read(params string[] detectors)
    {
        File.WriteAllText(tiny["own.json"], File.ReadAllText(tiny["tiny.json"]).TrimEnd().TrimEnd('}')
            + $"\"detectors\": [{string.Join(", ", detectors.Select(name => $"\"{name}.detector.json\""))}] }}");
        return ExperimentFile.Read(tiny["own.json"], null);
    }

    private void Write(string name, string script, string average = "mean")
    {
        Directory.CreateDirectory(tiny[$"program-{name}"]);
        File.WriteAllText(tiny[$"{name}.detector.json"], CanonicalJson.ToText(new
        {
            name,
            kind = "command",
            licence = "for tests",
            trained_on = "nothing",
            video_score = average,
            command = new[] { "sh", "-c", script, "sh", "{list}", "{out}" },
            folder = $"program-{name}",
        }));
    }
}
