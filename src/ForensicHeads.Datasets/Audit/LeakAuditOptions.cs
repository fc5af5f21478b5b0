namespace ForensicHeads.Datasets.Audit;

/// <summary>How strict the audit is. Reports print these values.</summary>
public sealed record LeakAuditOptions
{
    /// <summary>Largest perceptual-hash distance, in bits of 64, at which two frames count as the same; 0 … 16, default 4.</summary>
    public int MaximumHashDistance { get; init; } = 4;

    /// <summary>What near-duplicates mean; default: they stop the run.</summary>
    public NearDuplicateRule NearDuplicates { get; init; } = NearDuplicateRule.Stop;

    /// <summary>
    /// Whether near-duplicates are sought among real frames alone; default false. In an experiment whose made frames all follow from its
    /// real ones, only those can leak, while nobody's face (<c>t0</c>) looks like everybody's by design.
    /// </summary>
    public bool RealFramesOnly { get; init; }

    /// <summary>How many findings of each kind are listed, at least 1; default 20. The search ends there.</summary>
    public int MaximumFindings { get; init; } = 20;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumHashDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumHashDistance, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumFindings, 1);
    }
}

/// <summary>What near-duplicate frames in two roles mean.</summary>
public enum NearDuplicateRule
{
    /// <summary>They stop the run.</summary>
    Stop,

    /// <summary>They are reported: rendered heads before plain backgrounds may look alike without being the same person.</summary>
    Report,

    /// <summary>They are not looked for.</summary>
    Ignore,
}
