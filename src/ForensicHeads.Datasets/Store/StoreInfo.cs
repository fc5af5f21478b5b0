namespace ForensicHeads.Datasets.Store;

/// <summary>The content of <c>store.json</c>: what the store is and what made it.</summary>
public sealed record StoreInfo
{
    /// <summary>The format version this build writes and reads.</summary>
    public const string CurrentFormatVersion = "1";

    /// <summary>Version of the folder layout.</summary>
    public string FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>A short name for reports.</summary>
    public required string Name { get; init; }

    /// <summary>Width and height of every picture, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>How a face becomes a crop, in words and numbers; stores to be compared must agree in it.</summary>
    public required string CropSpecification { get; init; }

    /// <summary>What the pictures went through after cropping, before the lossless PNG; <c>png</c> when nothing, <c>png, reduced from 128
    /// px</c> after <see cref="StoreSelect"/>.</summary>
    public string EncodePath { get; init; } = "png";

    /// <summary>The arguments that made the store, without machine-specific paths.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The licences of the frames, in one line.</summary>
    public required string LicenceSummary { get; init; }

    /// <summary>Frames per second at which videos were sampled; null when every source frame was taken, or for photos.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Further facts that a reader may want (renderer version, condition, …).</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Number of frames; set by the writer.</summary>
    public int FrameCount { get; init; }

    /// <summary>Number of lines in <c>rejected.jsonl</c>; set by the writer.</summary>
    public int RejectedCount { get; init; }

    /// <summary><see cref="FrameStore.ContentHash"/> at the time of writing; set by the writer.</summary>
    public string? ContentSha256 { get; init; }

    /// <summary>SHA-256 of <c>index.parquet</c>; set by the writer.</summary>
    public string? IndexSha256 { get; init; }

    /// <summary>The shards in order; set by the writer.</summary>
    public IReadOnlyList<StoreShard> Shards { get; init; } = [];
}
