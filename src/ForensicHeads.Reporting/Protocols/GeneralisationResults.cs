namespace ForensicHeads.Reporting.Protocols;

/// <summary>The content of <c>results.json</c> of leave-one-generator-out.</summary>
public sealed record GeneralisationResults
{
    /// <summary><c>leave-one-generator-out</c>.</summary>
    public required string Protocol { get; init; }

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

    /// <summary>Pairs of clips that share no person, group, driver or source but whose frames look the same; they were kept on one side.</summary>
    public IReadOnlyList<string> NearDuplicates { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The detector, then the baselines.</summary>
    public required IReadOnlyList<ScorerResult> Scorers { get; init; }

    /// <summary>The detector minus each baseline.</summary>
    public required IReadOnlyList<MarginRow> Margins { get; init; }

    /// <summary>Generated clips against real ones of the same group.</summary>
    public required IReadOnlyList<GroupCase> Groups { get; init; }

    /// <summary>The clips whose container tells nothing; null where the classes do not overlap.</summary>
    public required SubsetResult? Subset { get; init; }
}
