using ForensicHeads.Reporting.Html;

namespace ForensicHeads.Reporting.Scores;

/// <summary>All that the page of a scoring run shows.</summary>
public sealed record ScorePageInputs
{
    /// <summary>What the detector was trained on.</summary>
    public required string Scope { get; init; }

    /// <summary>The command that makes the page again.</summary>
    public required string Command { get; init; }

    /// <summary>What the page leaves out; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Detector, versions, hashes.</summary>
    public IReadOnlyList<ReportFact> Detector { get; init; } = [];

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<ScoredFile> Files { get; init; } = [];
}
