using System.Globalization;

namespace ForensicHeads.Cli.Scoring;

/// <summary>A detector of generated faces judges.</summary>
internal sealed class DetectorJudge : IFileJudge
{
    private readonly FaceCropper cropper;
    private readonly CropLandmarks? landmarks;
    private readonly FileScorer scorer;

    public DetectorJudge(string folder, string? models, ScoreOptions options)
    {
        (Folder, Options) = (folder, options);
        Saved = SavedDetector.Load(folder);
        cropper = FaceCropper.Load(models);
        landmarks = Saved.Layout.HasTracks ? CropLandmarks.Load(models) : null;
        scorer = new FileScorer(Saved, cropper, options, landmarks);
    }

    /// <summary>The detector.</summary>
    public SavedDetector Saved { get; }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>What it is called.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)));

    public string Worth => DetectorScope.Worth(Saved.Manifest);

    public string Scope => scorer.Scope;

    public string Endpoint =>
        "log10 likelihood ratio of each video, generated against real, over all frames of its faces; a single picture gets a score alone";

    public IReadOnlyList<(string Name, string Sha256)> Models => [.. FaceModelsUsed.All, ("detector", Saved.Sha256)];

    public VideoCalibrator? Calibrator => Saved.Calibrator;

    public ScoreOptions Options { get; }

    public IReadOnlyList<ReportFact> Facts =>
    [
        new("SHA-256 of detector.json", Saved.Sha256),
        new("trainer", Saved.Manifest.Options.Model.ToString()),
        new("families", string.Join(", ", Saved.Manifest.Families)),
        new("training stores", string.Join(", ", Saved.Manifest.TrainingStores.Select(store => $"{store.Key} ({store.Value})"))),
        new("calibration", Saved.Calibrator is { } c
            ? string.Create(CultureInfo.InvariantCulture,
            $"{c.RealPeople} people with real, {c.GeneratedPeople} with generated videos; log10 LR within {c.LowerBound:0.00} … "
            + $"{c.UpperBound:0.00}; scores from {c.MinimumScore:0.00} to {c.MaximumScore:0.00}")
            : "none"),
        new("made with", string.Join(", ", Saved.Manifest.Versions.Select(version => $"{version.Key} {version.Value}"))),
        new("scored with", $"forensicheads {CliContext.ToolVersion}"),
    ];

    public FileScore Score(string path, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        scorer.Score(path, progress, cancellation);

    public void Dispose()
    {
        landmarks?.Dispose();
        cropper.Dispose();
        Saved.Dispose();
    }
}

/// <summary>The models that find and follow faces, whoever judges them.</summary>
internal static class FaceModelsUsed
{
    public static (string Name, string Sha256)[] All { get; } =
        [.. new[] { FaceModels.FaceDetector, FaceModels.Landmarks66 }.Select(model => (model.Name, model.Sha256))];
}
