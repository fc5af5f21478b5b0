using System.Text.Json;

namespace ForensicHeads.Cli.Tests.Scoring;

/// <summary>The detectors that come with the toolkit: the first knows its heads, the second was calibrated on what it never learnt
/// from.</summary>
public sealed class ShippedDetectorTests : IDisposable
{
    private readonly TestCli cli = new();

    private static string First => ShippedDetector.Resolve("detector-1");

    private static string Second => ShippedDetector.Resolve(null);

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_first_is_whole_calibrated_and_says_what_it_learnt_from()
    {
        using var saved = SavedDetector.Load(First);
        // As its files say, read without our code; no ratio passes log10 of the calibration people of the smaller class and one.
        Assert.Equal(["calibrator.json", "model.zip", "reference.json"], saved.Manifest.Files.Keys.Order(StringComparer.Ordinal));
        Assert.All(saved.Manifest.Files, file => Assert.Equal(file.Value, Hashes.OfFile(Path.Combine(First, file.Key))));
        var calibrator = saved.Calibrator!;
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(First, "calibrator.json")));
        double Number(string name) => file.RootElement.GetProperty(name).GetDouble();
        Assert.Equal((Number("slope"), Number("offset"), Number("lower_bound")),
            (calibrator.Slope, calibrator.Offset, calibrator.LowerBound));
        Assert.Equal(1381, saved.Reference!.Values.Count);
        Assert.Equal((18, 15, 153, Math.Log10(16)),
            (calibrator.RealPeople, calibrator.GeneratedPeople, calibrator.Videos, calibrator.UpperBound));
        Assert.Equal(256, saved.Manifest.CropSize);
        Assert.Equal(Ingestor.CropText(new FaceCropperOptions()), saved.Manifest.CropContract);
        foreach (var generator in new[] { "few-shot", "self-blend", "AniPortrait" }) Assert.Contains(generator, saved.Manifest.Generators);
        Assert.Contains($"Trained on {saved.Manifest.TrainingFrames} frames of {saved.Manifest.TrainingPeople} people",
            DetectorScope.Of(saved.Manifest), StringComparison.Ordinal);
        Assert.True(Directory.GetFiles(First).Sum(file => new FileInfo(file).Length) < 5 << 20);
    }

    [Fact]
    public void The_first_tells_few_shot_heads_of_people_it_never_saw()
    {
        var source = ProceduralStore
            .Render(new ProceduralOptions { Identities = 4, FirstIdentity = 410_000, Videos = 2, Frames = 8, Size = 64 }, cli["people"],
            null, TestContext.Current.CancellationToken);
        var request = new FakeRequest { Modes = [Mode.Ff], Shots = new ShotOptions { ShotCounts = [8], Draws = 1, DriverFrames = 8 } };
        var fakes = new FakeMaker(request, source, TimeProvider.System).Make(cli["fakes"], null, TestContext.Current.CancellationToken);
        using var saved = SavedDetector.Load(First);
        LabelledFeatures[] rows =
            [.. source.Frames.Select(frame => Row(source, frame)), .. fakes.Frames.Select(frame => Row(fakes, frame))];
        var scores = saved.Detector.Score(rows);
        var auc = (from fake in scores.Where(score => score.Generated)
                   from real in scores.Where(score => !score.Generated)
                   select fake.Score > real.Score ? 1.0 : 0.0).Average();
        Assert.True(auc > 0.9, $"AUC {auc}");

        LabelledFeatures Row(FrameStore store, FrameRecord frame)
        {
            var row = new float[saved.Layout.Length];
            saved.Layout.Compute(ImageResize.Area(store.ReadImage(frame), saved.Manifest.Size, saved.Manifest.Size), row);
            return LabelledFeatures.Of(frame, row);
        }
    }

    [Fact]
    public void The_second_says_what_leaving_collections_out_gave_and_never_more_than_that_bears()
    {
        using var saved = SavedDetector.Load(Second);
        Assert.Equal(["calibrator.json", "model.zip", "range.json", "reference.json"],
            saved.Manifest.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((28, 128, "leave-one-collection-out"), (saved.Manifest.Columns, saved.Manifest.Size, saved.Manifest.CalibratedBy));
        // Bounds inside the threshold of a verdict: whatever it is shown, it has no word.
        Assert.True(saved.Calibrator!.UpperBound < Verdict.Threshold && saved.Calibrator.LowerBound > -Verdict.Threshold);
        Assert.Equal((79, 85), (saved.Calibrator.RealPeople, saved.Calibrator.GeneratedPeople));
        Assert.Equal(new UnseenFakes(159, 39, 1), saved.Manifest.Unseen);
        Assert.Null(UnseenFakes.Doubt(saved.Manifest.Unseen));
        Assert.Contains("macro AUC of 0.70", DetectorScope.Of(saved.Manifest), StringComparison.Ordinal);
        Assert.True(Directory.GetFiles(Second).Sum(file => new FileInfo(file).Length) < 15 << 20);
    }

    [Fact]
    public async Task The_second_scores_files_where_no_other_detector_is_named()
    {
        var models = SharedData.Models;
        using (var encoder = new VideoEncoder(cli["clip.mp4"], 256, 256, new VideoEncoderOptions { Preset = "ultrafast" }))
        {
            var video = new ProceduralVideo(ProceduralPerson.Create(410_000, 3), 0, 12);
            for (var i = 0; i < 12; i++) encoder.Write(video.Render(i, 256).Image);
            encoder.Complete();
        }

        var json = (await cli.Succeed("detect", "score", cli["clip.mp4"], "--models", models, "--json")).Json;
        Assert.Equal("detector-2", json.GetProperty("detector").GetProperty("folder").GetString());
        Assert.Contains("leave-one-collection-out", json.GetProperty("scope").GetString(), StringComparison.Ordinal);
        Assert.Equal(Verdict.Inconclusive, json.GetProperty("files")[0].GetProperty("verdict").GetString());
        var old = (await cli.Succeed("detect", "score", cli["clip.mp4"], "--models", models, "--detector", "detector-1", "--json")).Json;
        Assert.Contains("few-shot", old.GetProperty("scope").GetString(), StringComparison.Ordinal);
        Assert.InRange(old.GetProperty("files")[0].GetProperty("llr").GetDouble(), -4, 4);
    }
}
