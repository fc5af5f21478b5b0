using System.Globalization;

namespace ForensicHeads.Cli.Scoring;

/// <summary>References of a person judge: does a file show them?</summary>
internal sealed class PersonJudge : IFileJudge
{
    private readonly FaceCropper cropper;
    private readonly FaceRecogniser recogniser;
    private readonly PersonScorer scorer;
    private readonly PersonCalibration calibration;

    /// <summary>Opens it.</summary>
    /// <exception cref="UserErrorException">The person file cannot be used, or its consent does not hold any more.</exception>
    public PersonJudge(string path, string? models, ScoreOptions options, TimeProvider time)
    {
        Options = options;
        Enrolled = EnrolledPerson.Load(path);
        ConsentGate.Check([Enrolled.Consent], Enrolled.Identity, ConsentPurpose.Protection, time, path);
        Sha256 = Hashes.OfFile(path);
        var design = Enrolled.Design(path);
        calibration = PersonCalibration.Of(design);
        recogniser = FaceRecogniser.Load(design, models);
        cropper = FaceCropper.Load(models);
        scorer = new PersonScorer(Enrolled, calibration, recogniser, cropper, options);
    }

    /// <summary>The person.</summary>
    public EnrolledPerson Enrolled { get; }

    /// <summary>SHA-256 of the person file.</summary>
    public string Sha256 { get; }

    public string Worth => PersonVerdict.Worth;

    public string Scope => scorer.Scope;

    public string Endpoint =>
        $"log10 likelihood ratio of each video, somebody else against {Enrolled.Identity}, over its faces at five frames a second; a "
        + "single picture gets a score alone";

    public IReadOnlyList<(string Name, string Sha256)> Models =>
        [.. FaceModelsUsed.All, (recogniser.Name, recogniser.Sha256), ("person file", Sha256)];

    public VideoCalibrator? Calibrator => calibration.Calibrator;

    public string? Person => Enrolled.Identity;

    public ScoreOptions Options { get; }

    public IReadOnlyList<ReportFact> Facts =>
    [
        new("person", Enrolled.Identity),
        new("SHA-256 of the person file", Sha256),
        new("references", string.Create(CultureInfo.InvariantCulture, $"{Enrolled.References.Count}: ")
            + string.Join(", ", Enrolled.References.Select(reference => reference.Name))),
        new("likeness among them", Enrolled.Spread is { } spread
            ? string.Create(CultureInfo.InvariantCulture, $"cosine {spread.Mean:0.000} ± {spread.Deviation:0.000}") : "a single one"),
        new("recogniser", $"{recogniser.Name} ({recogniser.Sha256})"),
        new("calibration", calibration.Describe()),
        new("made with", $"forensicheads {Enrolled.ToolVersion}"),
        new("scored with", $"forensicheads {CliContext.ToolVersion}"),
    ];

    public FileScore Score(string path, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        scorer.Score(path, progress, cancellation);

    public void Dispose()
    {
        cropper.Dispose();
        recogniser.Dispose();
    }
}
