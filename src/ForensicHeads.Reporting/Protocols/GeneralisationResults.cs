using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>The content of <c>results.json</c> of leave-one-generator-out and leave-one-collection-out.</summary>
public sealed record GeneralisationResults
{
    /// <summary><c>leave-one-generator-out</c> or <c>leave-one-collection-out</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>What each round leaves out: generator or collection.</summary>
    public string LeavesOut { get; init; } = "generator";

    /// <summary>One sentence with the number that counts.</summary>
    public required string Statement { get; init; }

    /// <summary>How clips and people were sampled.</summary>
    public required ProtocolOptions Options { get; init; }

    /// <summary>Content hashes of the stores.</summary>
    public required IReadOnlyList<string> Stores { get; init; }

    /// <summary>The detector's feature families.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>Real clips scored.</summary>
    public required int RealClips { get; init; }

    /// <summary>Real people.</summary>
    public required int RealPeople { get; init; }

    /// <summary>Generated clips scored.</summary>
    public required int GeneratedClips { get; init; }

    /// <summary>Fewest real and generated clips that any round trained on.</summary>
    public required IReadOnlyList<int> LeastTraining { get; init; }

    /// <summary>Clips left out, with the reason.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>Pairs of clips that share no person, group, driver or source but whose frames look the same; they were kept on one
    /// side.</summary>
    public IReadOnlyList<string> NearDuplicates { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The detector, then the baselines.</summary>
    public required IReadOnlyList<ScorerResult> Scorers { get; init; }

    /// <summary>The detector minus each baseline.</summary>
    public required IReadOnlyList<MarginRow> Margins { get; init; }

    /// <summary>Generated clips against real ones of the same group.</summary>
    public required IReadOnlyList<GroupCase> Groups { get; init; }

    /// <summary>What the detector would say of clips that neither taught nor calibrated it; null in results of earlier versions, and where
    /// there are too few clips.</summary>
    public VerdictShares? Verdicts { get; init; }

    /// <summary>The clips whose container tells nothing; null where the classes do not overlap.</summary>
    public required SubsetResult? Subset { get; init; }
}

/// <summary>How one scorer did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it sees and how it is trained.</param>
/// <param name="Macro">Mean AUC over the generators (or collections) with enough clips, two-way interval (by real person).</param>
/// <param name="Generators">Each generator.</param>
/// <param name="Choices">What it chose inside the training side of each round.</param>
public sealed record ScorerResult(string Name, string Description, Estimate Macro, IReadOnlyList<GeneratorAuc> Generators,
    IReadOnlyList<RoundChoice> Choices)
{
    /// <summary>Where collections are left out: the mean over generators instead.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Estimate? MacroOfGenerators { get; init; }

    /// <summary>Where collections are left out: each of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GeneratorAuc>? Collections { get; init; }
}

/// <summary>One generator, or collection, under one scorer.</summary>
/// <param name="Generator">Its name.</param>
/// <param name="Clips">Its clips.</param>
/// <param name="Auc">AUC against real people, two-way interval over the people it shows and the real people; undefined below two
/// clips.</param>
public sealed record GeneratorAuc(string Generator, int Clips, Estimate Auc);

/// <summary>What a scorer chose inside the training side of a round.</summary>
/// <param name="Generator">The generator or collection left out.</param>
/// <param name="Fold">The fold left out, from 0.</param>
/// <param name="Choice">The candidate.</param>
public sealed record RoundChoice(string Generator, int Fold, string Choice);

/// <summary>The detector minus a baseline, paired by generator and real person.</summary>
/// <param name="Baseline">The baseline.</param>
/// <param name="IsBest">Whether it is the best of the baselines: the one whose margin counts.</param>
/// <param name="Difference">Difference of the macro means with its two-way interval.</param>
public sealed record MarginRow(string Baseline, bool IsBest, Estimate Difference);

/// <summary>A generated clip set against the real clips of its own group: the same footage, the same encode.</summary>
/// <param name="Group">The group.</param>
/// <param name="Generator">The generator.</param>
/// <param name="Clip">The generated clip.</param>
/// <param name="RealClips">Real clips of the group.</param>
/// <param name="Won">By scorer: share of the group's real clips that score below the generated one, ties half.</param>
public sealed record GroupCase(string Group, string Generator, string Clip, int RealClips, IReadOnlyDictionary<string, double> Won);

/// <summary>The same figures on the clips whose container tells nothing.</summary>
/// <param name="Rule">How the clips were chosen.</param>
/// <param name="Low">Lower end of the window: the share of a round's real clips whose container score is lower than the clip's, mean over
/// the clip's rounds, 0 … 1.</param>
/// <param name="High">Upper end.</param>
/// <param name="RealClips">Real clips inside.</param>
/// <param name="RealPeople">People they show.</param>
/// <param name="GeneratedClips">Generated clips inside.</param>
/// <param name="Scorers">Every scorer on them; generators with a single clip left count here.</param>
/// <param name="Margins">The detector minus each baseline.</param>
public sealed record SubsetResult(
    string Rule, double Low, double High, int RealClips, int RealPeople, int GeneratedClips, IReadOnlyList<ScorerResult> Scorers,
        IReadOnlyList<MarginRow> Margins)
{
    /// <summary>What is said where there is no such subset.</summary>
    public const string None =
        "No window of container scores holds at least five people of each class among whom container_only does no better and no worse "
        + "than AUC 0.50 ± 0.05: what part the container plays cannot be set aside.";
}
