using ForensicHeads.Testing;

namespace ForensicHeads.Fuzz;

/// <summary>A detector of noise with a network, an ML.NET model and nothing to say, always the same.</summary>
internal static class SmallDetector
{
    private const int Side = 32;

    /// <summary>Trains it on noise and writes its folder.</summary>
    public static void Save(string folder)
    {
        var random = new SeededRandom(1, "detector");
        var pictures = Enumerable.Range(0, 8).Select(_ => Picture(random)).ToArray();
        var frames = pictures.Select((picture, i) =>
            new TrainingFrame { Key = $"k{i}", Identity = $"p{i / 2}", Origin = Origins.Of(i % 2 == 1), Image = () => picture }).ToArray();
        using var cnn = CnnFamily.FromBytes(CnnTraining.Learn(frames, [], new NetworkTrainingOptions { Steps = 1, Pairs = 1 }).Model.Bytes);
        var layout = FeatureLayout.Of([cnn, FeatureFamilies.OfPictures.ByName("dct_beta")], Side);
        var rows = Enumerable.Range(0, 40).Select(i => new LabelledFeatures
        {
            Key = $"k{i}",
            Identity = $"p{i / 4}",
            Video = $"v{i / 4}",
            Origin = Origins.Of(i % 2 == 1),
            Features = [.. Enumerable.Range(0, layout.Length).Select(_ => (float)random.Gaussian(i % 2))],
        }).ToArray();
        var options = new DetectorOptions { Trees = 10 };
        using var detector = FrameDetector.Train(rows, options, layout.ColumnNames);
        SavedDetector.Save(folder, detector, null, new DetectorManifest
        {
            Options = options,
            Families = ["cnn", "dct_beta"],
            Size = Side,
            TrainingStores = new Dictionary<string, string> { ["demo"] = new('a', 64) },
            CropContract = "none",
        }, networks: [cnn]);
    }

    /// <summary>Lets a loaded one score a black picture.</summary>
    public static void Try(SavedDetector saved)
    {
        var features = new float[saved.Layout.Length];
        saved.Layout.Compute(new RgbImage(saved.Manifest.Size, saved.Manifest.Size), features);
        saved.Detector.Score([features]);
    }

    private static RgbImage Picture(SeededRandom random)
    {
        var image = new RgbImage(Side, Side);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)random.NextInt(256);
        return image;
    }
}
