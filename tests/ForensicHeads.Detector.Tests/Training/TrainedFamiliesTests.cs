using ForensicHeads.Testing;
using ForensicHeads.Detector.Tests.Features;
using ForensicHeads.Detector.Tests.Scoring;

namespace ForensicHeads.Detector.Tests.Training;

/// <summary>The families <c>cnn</c> and <c>landmarks</c> from stores to a scored file.</summary>
public sealed class TrainedFamiliesTests : IDisposable
{
    private readonly SceneStores stores = new();

    public void Dispose() => stores.Dispose();

    [Fact]
    public void Two_trainings_give_the_same_files_and_the_folder_carries_the_network()
    {
        var store = stores.Make();
        var first = Train(store, "a");
        Assert.Equal(["calibrator.json", "cnn.onnx", "model.zip", "reference.json"], first.Manifest.Files.Keys.Order());
        Assert.Equal(first.Manifest.Files, Train(store, "b").Manifest.Files);
        Assert.Equal(["dct_beta", "landmarks", "cnn"], first.Manifest.Families);
        Assert.Equal("pixels", first.Manifest.LandmarkFinder);
        Assert.Equal(["cnn", "dct_beta", "landmarks"], first.Manifest.Importance.Select(family => family.Family).Order());
        Assert.Contains(first.Notes, note => note.StartsWith("cnn: AUC ", StringComparison.Ordinal));
        Assert.Null(first.Manifest.Device);
        var coarse = Train(store, "d", request => request with { Compute = Compute.Choose("cpu", Precision.Bf16) }).Manifest;
        Assert.Equal("cpu bf16", coarse.Device);
        Assert.NotEqual(first.Manifest.Files["cnn.onnx"], coarse.Files["cnn.onnx"]);
        Assert.NotEqual(first.Manifest.Files["cnn.onnx"],
            Train(store, "c", request => request with { Options = request.Options with { Seed = 2 } }).Manifest.Files["cnn.onnx"]);
    }

    [Fact]
    public void No_training_row_was_measured_by_a_network_that_knew_its_person()
    {
        var request = Request(stores.Make());
        var frames = TrainingFrames.Of(request);
        using var table = TrainingFeatures
            .Measure(request, request.Families!, SceneStores.Size, frames, new FeatureSpool(stores["x"]), [], null,
            TestContext.Current.CancellationToken);
        Assert.Equal("cnn/logit", table.Layout.ColumnNames[63 + 36]);
        // The kept network knows the training people: a row of theirs that it gave would be the planted leak.
        var known = FeatureExtractor
            .Extract(frames.Count, i => frames[i].Read(SceneStores.Size), FeatureLayout.Of(table.Layout.FileFamilies, SceneStores.Size),
            cancellation: TestContext.Current.CancellationToken);
        for (var i = 0; i < frames.Count; i++) Assert.Equal(frames[i].Role != SplitRole.Train, known[i][0] == table.Rows[i][63 + 36]);
    }

    [Fact]
    public void Landmarks_come_from_the_pixels_and_never_from_the_store()
    {
        // Every landmark in these stores is 0; real and generated frames show the same scenes with other noise.
        var request = Request(stores.Make()) with { Families = ["landmarks"] };
        var frames = TrainingFrames.Of(request);
        using var table = TrainingFeatures
            .Measure(request, request.Families!, SceneStores.Size, frames, new FeatureSpool(stores["x"]), [], null,
            TestContext.Current.CancellationToken);
        var first = frames.Select((frame, i) => (frame, i))
            .Where(pair => pair.frame.Record is { Identity: "p00", IsReal: true, FrameNumber: < 4 }).ToArray();
        Assert.All(first, pair => Assert.Equal(table.Rows[first[0].i], table.Rows[pair.i]));
        var expected = new float[36];
        var pictures = first.Select(pair => pair.frame.Read(SceneStores.Size)).ToArray();
        new LandmarksFamily().Compute(TrackSamples.Find(new PixelLandmarks(), pictures, [0, 1 / 25.0, 2 / 25.0, 3 / 25.0]), expected);
        Assert.Equal(expected, table.Rows[first[0].i]);
        Assert.True(table.Rows.Select(row => row[^1]).Distinct().Count() > 8, "tracks differ");
    }

    [Fact]
    public void A_track_that_is_not_found_again_takes_the_training_mean()
    {
        var notes = new List<string>();
        var request = Request(stores.Make())
            with
        { Landmarks = new PixelLandmarks(findsFaces: false), Families = ["dct_beta", "landmarks"] };
        using (var table = TrainingFeatures
            .Measure(request, request.Families!, SceneStores.Size, TrainingFrames.Of(request), new FeatureSpool(stores["x"]), notes, null,
            TestContext.Current.CancellationToken))
            Assert.All(table.Rows, row => Assert.True(float.IsNaN(row[^1]) && float.IsFinite(row[0])));
        Assert.Contains(notes, note => note.Contains("tracks are too short", StringComparison.Ordinal));

        // Known in half of the rows: an unknown value is worth their mean, whatever the trainer.
        var random = new SeededRandom(3, "rows");
        var rows = Enumerable.Range(0, 80).Select(i => new LabelledFeatures
        {
            Key = $"{i}",
            Identity = $"{i % 8}",
            Video = $"{i % 16}",
            Origin = Origins.Of(i % 2 == 0),
            Features = [(float)random.Uniform(0, 1) + (i % 2), i % 4 < 2 ? (float)random.Uniform(4, 6) : float.NaN],
        }).ToArray();
        var mean = (float)rows.Where(row => !float.IsNaN(row.Features[1])).Average(row => (double)row.Features[1]);
        foreach (var model in new[] { DetectorModelKind.LightGbm, DetectorModelKind.LogisticRegression, DetectorModelKind.FastForest })
        {
            using var detector = FrameDetector.Train(
                rows, new DetectorOptions { Model = model, Trees = 20, RowsPerLeaf = 2 }, ["c/0", "landmarks/acceleration_mean"]);
            var scores = detector.Score([[0.7f, float.NaN], [0.7f, mean]]);
            Assert.True(float.IsFinite(scores[0]));
            Assert.Equal(scores[1], scores[0], 1e-4);
        }

        Assert.Contains("must be finite",
            Assert.Throws<UserErrorException>(() => FrameDetector.Train(rows, new DetectorOptions(), ["c/0", "c/1"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_scored_by_the_rows_that_a_training_would_have_made_of_it()
    {
        Train(stores.Make(), "a");
        using var saved = SavedDetector.Load(stores["a"]);
        using var cropper = new GivenFaces(GivenFaces.Left).Cropper();
        var clip = stores["clip.mp4"];
        using (var encoder = new VideoEncoder(clip, 240, 120, new VideoEncoderOptions { Crf = 10, Preset = "ultrafast" }))
        {
            for (var i = 0; i < 12; i++)
            {
                var picture = new RgbImage(240, 120);
                var scene = Pictures.Scene(120, i, 5);
                for (var y = 0; y < 120; y++) scene.Pixels.AsSpan(360 * y, 360).CopyTo(picture.Pixels.AsSpan(720 * y));
                encoder.Write(picture);
            }

            encoder.Complete();
        }

        var crops = new List<(RgbImage Image, double TimeS)>();
        cropper.Process(clip, new FaceCropperOptions { Size = SceneStores.Size }, crop =>
            crops.Add((crop.Image, crop.Frame.TimeS)), cancellation: TestContext.Current.CancellationToken);
        var track = saved.Layout
            .MeasureTrack(TrackSamples
            .Find(new PixelLandmarks(), [.. crops.Select(crop => crop.Image)], [.. crops.Select(crop => crop.TimeS)]));
        var rows =
            FeatureExtractor.Extract(crops.Count, i => crops[i].Image, saved.Layout, cancellation: TestContext.Current.CancellationToken);
        foreach (var row in rows) saved.Layout.SetTrack(row, track);
        var result = new FileScorer(saved, cropper, new ScoreOptions { ExplainedTracks = 1 }, new PixelLandmarks())
            .Score(clip, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(saved.Detector.Score(rows), Assert.Single(result.Tracks).Series.Score);
        Assert.Contains("landmarks", result.Tracks[0].Families.Select(family => family.Family));
        Assert.Equal(result.KeyFrames.Single(frame => frame.Explanation is not null).Score,
            result.KeyFrames.Single(frame => frame.Explanation is not null).Explanation!.Score, 1e-5);
        Assert.Contains("found by 'pixels'", Assert.Throws<UserErrorException>(() => new FileScorer(saved, cropper)).Message,
            StringComparison.Ordinal);
    }

    private static TrainingRequest Request(FrameStore store) => new()
    {
        Real = [store],
        Generated = [store],
        Split = SceneStores.Split(),
        SplitName = "test",
        Families = ["cnn", "dct_beta", "landmarks"],
        Landmarks = new PixelLandmarks(),
        Network = new NetworkTrainingOptions { Steps = 3, Pairs = 2 },
        NetworkFolds = 2,
        Options = new DetectorOptions { Trees = 20, RowsPerLeaf = 4 },
    };

    private TrainingOutcome Train(FrameStore store, string name, Func<TrainingRequest, TrainingRequest>? change = null) =>
        DetectorTraining.Run(
            (change ?? (request => request))(Request(store)), stores[name], cancellation: TestContext.Current.CancellationToken);
}
