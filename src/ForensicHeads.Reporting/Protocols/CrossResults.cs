namespace ForensicHeads.Reporting.Protocols;

/// <summary>The content of <c>results.json</c> of the protocols that train on one slice and test on another.</summary>
public sealed record CrossResults
{
    /// <summary><c>cross-mode</c>, <c>cross-shots</c> or <c>cross-condition</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>How clips and people were sampled.</summary>
    public required ProtocolOptions Options { get; init; }

    /// <summary>Whether each clip's frames follow each other, as a video codec needs them; else they stand evenly over it.</summary>
    public bool Successive { get; init; }

    /// <summary>Content hashes of the stores.</summary>
    public required IReadOnlyList<string> Stores { get; init; }

    /// <summary>The detector's feature families.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>People with real clips.</summary>
    public required int RealPeople { get; init; }

    /// <summary>Clips left out, with the reason.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>Pairs of clips that share no person, group, driver or source but whose frames look the same; they were kept on one side.</summary>
    public IReadOnlyList<string> NearDuplicates { get; init; } = [];

    /// <summary>The modes, shot counts or conditions, in order.</summary>
    public required IReadOnlyList<string> Slices { get; init; }

    /// <summary>Every pair of slices, by training slice, then test slice.</summary>
    public required IReadOnlyList<CrossCell> Cells { get; init; }

    /// <summary>The same pairs by baselines; empty in results of earlier versions.</summary>
    public IReadOnlyList<CrossBaseline> Baselines { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
