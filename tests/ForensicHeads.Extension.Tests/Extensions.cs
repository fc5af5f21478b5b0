using TorchSharp;

namespace ForensicHeads.Extension.Tests;

/// <summary>Files called <c>PERSON__TAKE.mp4</c> in one folder.</summary>
internal sealed class FlatLayout : IDatasetLayout
{
    public string Name => "flat";

    public string Tree => "<identity>__<take>.mp4";

    public DatasetListing List(DatasetTree tree, string? licence) => new(
        [.. tree.Files.Where(file => file.Contains("__", StringComparison.Ordinal)).Select(file => new IngestInput
        {
            File = file,
            FullPath = tree.FullPath(file),
            Identity = file.Split("__")[0],
            Licence = licence ?? "",
            MayGenerate = true,
        })], [], []);
}

/// <summary>The driver's frame, its sides exchanged.</summary>
internal sealed class MirroredFrames() : GeneratorEntry("mirrored", GeneratorPart.Attacker, rank: 25, ShotNeed.Drawn)
{
    public override IReadOnlyList<MadePart> Make(GeneratorTools tools, GeneratorTask task, CancellationToken cancellation) =>
        MadePart.Of(task.Drivers.Select(driver => Mirrored(driver.Image)));

    private static RgbImage Mirrored(RgbImage image)
    {
        var result = new RgbImage(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++) image[image.Width - 1 - x, y].CopyTo(result[x, y]);
        return result;
    }
}

/// <summary>Mean and range of the red of a picture.</summary>
internal sealed class RedFamily : IFeatureFamily
{
    public string Name => "red";

    public int Length(int size) => 2;

    public IReadOnlyList<string> ColumnNames(int size) => ["mean", "range"];

    public void Compute(RgbImage image, Span<float> features)
    {
        var red = image.Pixels.Where((_, i) => i % 3 == 0).ToArray();
        (features[0], features[1]) = (red.Average(value => (float)value), red.Max() - red.Min());
    }
}

/// <summary>Calls a frame generated the further its first column lies above the mean of true ones.</summary>
internal sealed class FirstColumnDetector() : DetectorEntry("first-column")
{
    public override bool Learns(FrameOrigin origin, IReadOnlyList<string> attackers) => Judges(origin);

    public override bool Judges(FrameOrigin origin) => origin.IsReal || origin.Is(GeneratorPart.Subject);

    public override IFrameDetector Teach(IReadOnlyList<LabelledFeatures> rows, DetectorOptions options, IReadOnlyList<string> columns) =>
        new Scorer(rows.Where(row => !row.Generated).Average(row => row.Features[0]));

    private sealed class Scorer(float mean) : IFrameDetector
    {
        public float[] Score(IReadOnlyList<float[]> features) => [.. features.Select(row => row[0] - mean)];

        public void Dispose()
        {
        }
    }
}

/// <summary>Every value turned round.</summary>
internal sealed class NegativeCondition : IPixelCondition
{
    public string Name => "negative";

    public RgbImage Apply(RgbImage image, string frameName, string videoName)
    {
        var result = new RgbImage(image.Width, image.Height);
        for (var i = 0; i < image.Pixels.Length; i++) result.Pixels[i] = (byte)(255 - image.Pixels[i]);
        return result;
    }
}

/// <summary>How bright the made frame is.</summary>
internal sealed class BrightnessLoss : ILossTerm
{
    public string Name => "brightness";

    public torch.Tensor? Of(LossStep step) => step.Generated.mean();
}

/// <summary>How many rows of accuracy there are.</summary>
internal sealed class CountSection : IReportSection
{
    public string Title => "Rows counted";

    public string Html(SectionPage page) => FormattableString.Invariant($"<p>{page.Results.AccuracyPerShot.Count} rows of accuracy.</p>\n");
}
