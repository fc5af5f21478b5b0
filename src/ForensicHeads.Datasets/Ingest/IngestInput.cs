namespace ForensicHeads.Datasets.Ingest;

/// <summary>One file to ingest and what its owner says of it.</summary>
public sealed record IngestInput
{
    /// <summary>Path below the root with forward slashes, as the manifest names it.</summary>
    public required string File { get; init; }

    /// <summary>Absolute path, checked to lie inside the root.</summary>
    public required string FullPath { get; init; }

    /// <summary>Name of the video in the store, <c>[A-Za-z0-9_-]+</c>, unique in the root.</summary>
    public required string Video { get; init; }

    /// <summary>The person.</summary>
    public required string Identity { get; init; }

    /// <summary>How its frames came to be.</summary>
    public FrameOrigin Origin { get; init; } = FrameOrigin.Real;

    /// <summary>Licence of the file; empty when nobody states one.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Whether this person may be a shot or a driver for generation.</summary>
    public bool MayGenerate { get; init; }

    /// <summary>Clips of one origin and encode share a group; empty when there is none.</summary>
    public string Group { get; init; } = "";
}
