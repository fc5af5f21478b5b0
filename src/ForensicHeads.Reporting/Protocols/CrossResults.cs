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

    /// <summary>Pairs of clips that share no person, group, driver or source but whose frames look the same; they were kept on one
    /// side.</summary>
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

/// <summary>A detector trained on one slice of the generated clips (or in one condition) and tested on another.</summary>
/// <param name="Train">The slice trained on.</param>
/// <param name="Test">The slice tested.</param>
/// <param name="Auc">AUC of clips of people never trained on, interval by identity.</param>
/// <param name="RealClips">Real clips tested.</param>
/// <param name="GeneratedClips">Generated clips tested.</param>
public sealed record CrossCell(string Train, string Test, Estimate Auc, int RealClips, int GeneratedClips);

/// <summary>A baseline beside the detector, trained and tested on the very same clips of the same folds.</summary>
/// <param name="Name"><c>trivial_pixels</c> or <c>container_only</c>.</param>
/// <param name="Description">One sentence: what it sees and how it is trained.</param>
/// <param name="Cells">Every pair of slices, in the order of <see cref="CrossResults.Cells"/>.</param>
public sealed record CrossBaseline(string Name, string Description, IReadOnlyList<CrossCell> Cells);
