namespace ForensicHeads.Generator.Output;

/// <summary>Which marks an export gets. By default all of them, with the public key.</summary>
public sealed record ExportOptions
{
    /// <summary>Whether frames get the visible label. Default true.</summary>
    public bool Label { get; init; } = true;

    /// <summary>The key of the invisible watermark, or null for none. Default <see cref="WatermarkKey.Public"/>.</summary>
    public WatermarkKey? Watermark { get; init; } = WatermarkKey.Public;

    /// <summary>Whether files get XMP with the digital source type. Default true.</summary>
    public bool Xmp { get; init; } = true;

    /// <summary>As the sidecar names them.</summary>
    public ExportMarks Marks => new(Label, Watermark is not null, Xmp, Watermark?.Id);
}
