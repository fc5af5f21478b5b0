namespace ForensicHeads.Cli.Scoring;

/// <summary>A detector of others judges, as it is.</summary>
internal sealed class ForeignJudge : IFileJudge
{
    private readonly FaceCropper cropper;
    private readonly ForeignFileScorer scorer;

    public ForeignJudge(string path, string? models, ScoreOptions options)
    {
        Options = options;
        Detector = ForeignDetectors.Open(DetectorFile.Read(path));
        cropper = FaceCropper.Load(models);
        scorer = new ForeignFileScorer(Detector, cropper, options);
    }

    /// <summary>The detector.</summary>
    public IForeignDetector Detector { get; }

    public string Worth => $"{Detector.File.Name} comes from elsewhere and was not tested here; its score has no scale.";

    public string Scope => scorer.Scope;

    public string Endpoint => $"score of {Detector.File.Name}, over some frames of each face; no ratio, since it has no calibrator here";

    public IReadOnlyList<(string Name, string Sha256)> Models => [.. FaceModelsUsed.All, (Detector.File.Name, Detector.Sha256)];

    public ScoreOptions Options { get; }

    public IReadOnlyList<ReportFact> Facts =>
    [
        new("detector", $"{Detector.File.Name} {Detector.File.Version}".TrimEnd()),
        new("SHA-256 of it", Detector.Sha256),
        new("licence", Detector.File.Licence),
        new("trained on", Detector.File.TrainedOnText),
        new("scored with", $"forensicheads {CliContext.ToolVersion}"),
    ];

    public FileScore Score(string path, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        scorer.Score(path, progress, cancellation);

    public void Dispose()
    {
        cropper.Dispose();
        Detector.Dispose();
    }
}
