namespace ForensicHeads.Experiments.Quality;

/// <summary>What was measured on the frames of all test people.</summary>
internal sealed record MeasuredQuality
{
    /// <summary>One entry a frame.</summary>
    public required IReadOnlyList<QualityItem> Items { get; init; }

    /// <summary>What measured them.</summary>
    public required QualityModels Models { get; init; }

    /// <summary>What was left out or is crude, in sentences for the report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the judge says of swapped vectors; null where not measured.</summary>
    public SwapIdentity? Swap { get; init; }
}
