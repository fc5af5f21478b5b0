namespace ForensicHeads.Experiments.Protocols;

/// <summary>One clip of a protocol: a video of a real person, or a video by a generator.</summary>
public sealed record Clip
{
    /// <summary>Unique over all stores of a run: store, video and, for generated ones, generator, mode, shots and draw.</summary>
    public required string Id { get; init; }

    /// <summary>The person it shows.</summary>
    public required string Identity { get; init; }

    /// <summary>The group of its source; empty when there is none.</summary>
    public string Group { get; init; } = "";

    /// <summary>How it came to be; a generated clip always has a generator, <c>unnamed</c> where nobody says which.</summary>
    public required FrameOrigin Origin { get; init; }

    /// <summary>The generator; null for real clips.</summary>
    public string? Generator => Origin.Generator;

    /// <summary>Where its file was collected from; the store's name where nobody says.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The licence of its file, in words.</summary>
    public string Licence { get; init; } = "";

    /// <summary>SHA-256 of the source file; empty when unknown.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>What the clip shares with others: person, group, driver, source. Two clips with a common entry must never stand on two
    /// sides.</summary>
    public required IReadOnlySet<string> Links { get; init; }

    /// <summary>The clip that it is a copy of, which teaches where that clip does and is never scored; null for a clip as it
    /// came.</summary>
    public string? CopyOf { get; init; }

    /// <summary>What its file says of itself, where that is known beforehand; null where the file is looked for.</summary>
    internal ContainerFacts? Container { get; init; }

    /// <summary>Its sampled frames in order, evenly over the clip or successive ones; at least one.</summary>
    internal IReadOnlyList<ExperimentFrame> Frames { get; init; } = [];

    /// <summary>Whether a generator made it.</summary>
    public bool Generated => !Origin.IsReal;
}
