using ForensicHeads.Reporting.Html;

namespace ForensicHeads.Reporting.Scores;

/// <summary>One file of a scoring run.</summary>
public sealed record ScoredFile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The result in a sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>The verdict, or what stands in its place, in a word or two.</summary>
    public required string Word { get; init; }

    /// <summary>log10 likelihood ratio; null when there is none.</summary>
    public double? Llr { get; init; }

    /// <summary>Mean logit; null when nothing was scored.</summary>
    public double? Score { get; init; }

    /// <summary>Container, hash, and so on.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    /// <summary>What weakens the result.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Its faces.</summary>
    public IReadOnlyList<ScoredTrack> Tracks { get; init; } = [];
}
