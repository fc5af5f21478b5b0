using System.Text.RegularExpressions;

namespace ForensicHeads.Reporting.Results;

/// <summary>results.json: every number of a report. The figures and tables of the HTML show these and no others.</summary>
public sealed partial record ExperimentResults
{
    /// <summary>Name of the file in a report's folder.</summary>
    public const string FileName = "results.json";

    /// <summary>Version of the file's form.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The answer.</summary>
    public required Headline Headline { get; init; }

    /// <summary>The curve.</summary>
    public IReadOnlyList<AccuracyRow> AccuracyPerShot { get; init; } = [];

    /// <summary>How saved detectors did, one row a detector, condition, level and group; empty in experiments.</summary>
    public IReadOnlyList<TestRow> Tests { get; init; } = [];

    /// <summary>The other attackers against the same real items, one row a name and shot count, in the curve's form.</summary>
    public IReadOnlyList<AccuracyRow> Attackers { get; init; } = [];

    /// <summary>The anchors drawn with it.</summary>
    public IReadOnlyList<AnchorRow> Anchors { get; init; } = [];

    /// <summary>Train shots × test shots.</summary>
    public IReadOnlyList<CrossShotRow> CrossShot { get; init; } = [];

    /// <summary>Attacker's shots × defender's references; empty where no detector holds references.</summary>
    public IReadOnlyList<SurfaceRow> Surface { get; init; } = [];

    /// <summary>How much compression hides heads of T shots; empty where fewer than two rate factors were tried.</summary>
    public IReadOnlyList<HorizonRow> Horizon { get; init; } = [];

    /// <summary>Controls against shortcuts.</summary>
    public Controls Controls { get; init; } = new();

    /// <summary>Quality of the generated frames.</summary>
    public IReadOnlyList<GenerationRow> Generation { get; init; } = [];

    /// <summary>People per role.</summary>
    public SplitSummary Split { get; init; } = new();

    /// <summary>Seeds of the experiment.</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [];

    /// <summary>The detector: name and one line on what it was trained on.</summary>
    public string? Detector { get; init; }

    /// <summary>
    /// Score above which an item counts as generated in every rate here. Scores in scores.parquet are shifted by the threshold of their
    /// fold, so it is 0 there; the thresholds themselves stand in <see cref="Validation"/>.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>What was fixed on validation and calibration people, one row a fold and condition.</summary>
    public IReadOnlyList<ValidationRow> Validation { get; init; } = [];

    /// <summary>Conditions that were run, in the order of the report.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>What was tested.</summary>
    public Counts Counts { get; init; } = new();

    /// <summary>Anchors and shot counts of the headline condition in order of difficulty.</summary>
    public IReadOnlyList<WaterfallStep> Waterfall { get; init; } = [];

    /// <summary>Whether shot count matters, the primary contrasts among them.</summary>
    public IReadOnlyList<ContrastRow> Contrasts { get; init; } = [];

    /// <summary>Paired differences.</summary>
    public IReadOnlyList<ComparisonRow> Comparisons { get; init; } = [];

    /// <summary>T* of each detector and mode.</summary>
    public IReadOnlyList<MissedFrom> MissedFrom { get; init; } = [];

    /// <summary>Feature families by importance.</summary>
    public IReadOnlyList<ImportanceRow> Importance { get; init; } = [];

    /// <summary>What each family alone reaches, and all together.</summary>
    public IReadOnlyList<FamilyRow> Families { get; init; } = [];

    /// <summary>The robustness ladder: on both classes, and on each alone.</summary>
    public IReadOnlyList<RobustnessRow> Robustness { get; init; } = [];

    /// <summary>The paper's human task put to the detectors.</summary>
    public IReadOnlyList<MachineUserRow> MachineUser { get; init; } = [];

    /// <summary>What human raters reached in the same task; empty where none were asked. <c>report DIR --people FILE</c> puts them
    /// here.</summary>
    public IReadOnlyList<HumanUserRow> HumanUser { get; init; } = [];

    /// <summary>The artefact detector's worst errors in the headline's condition, a frame a person.</summary>
    public IReadOnlyList<ErrorRow> WorstErrors { get; init; } = [];

    /// <summary>What video codecs spent on each class.</summary>
    public IReadOnlyList<CompressionRow> Compression { get; init; } = [];

    /// <summary>Step caps of fine-tuning that were tried on validation people; empty where the configuration fixed one.</summary>
    public IReadOnlyList<StepCapRow> StepCaps { get; init; } = [];

    /// <summary>How much the curve moves between detector seeds and between generators; empty where there was one.</summary>
    public IReadOnlyList<SpreadRow> Spread { get; init; } = [];

    /// <summary>The curve by distance to the nearest shot.</summary>
    public IReadOnlyList<TercileRow> Terciles { get; init; } = [];

    /// <summary>TNR by attribute of the person.</summary>
    public IReadOnlyList<GroupRow> Groups { get; init; } = [];

    /// <summary>Whether ê holds the person; null where it was not checked.</summary>
    public EmbeddingSwap? EmbeddingSwap { get; init; }

    /// <summary>What generators and detectors of others did not give.</summary>
    public IReadOnlyList<FailureRow> Failures { get; init; } = [];

    /// <summary>What the reader must know before trusting a number.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What the numbers do not say.</summary>
    public IReadOnlyList<string> Limitations { get; init; } = [];

    /// <summary>The results of a report's folder; detectors that had another name when they were written have today's.</summary>
    /// <exception cref="UserErrorException">The file is missing or damaged.</exception>
    public static ExperimentResults Read(string folder) => CanonicalJson.Read<ExperimentResults>(
        folder, FileName, text => DetectorNames().Replace(text, match => Detectors.Today(match.Value)));

    // At the beginning of a text, where names of detectors stand: alone, before what they scored, or before what they are.
    [GeneratedRegex("(?<=\")(aware-augmented|aware|unaware)(?=[\" :])")]
    private static partial Regex DetectorNames();
}

/// <summary>What was tested, and what could not be.</summary>
public sealed record Counts
{
    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Their videos.</summary>
    public int NVideos { get; init; }

    /// <summary>Real frames scored.</summary>
    public int NRealFrames { get; init; }

    /// <summary>Generated frames scored.</summary>
    public int NGeneratedFrames { get; init; }

    /// <summary>True frames among them in which the landmark finder finds no face; they are scored all the same. Null where nothing
    /// looked.</summary>
    public int? RealFailures { get; init; }

    /// <summary>Feed-forward and fine-tuned frames in which it finds none, likewise.</summary>
    public int? GeneratedFailures { get; init; }

    /// <summary>Meta-trainings of the generator.</summary>
    public int NGenerators { get; init; } = 1;

    /// <summary>Seeds of the whole detector training.</summary>
    public int NDetectorSeeds { get; init; } = 1;
}
