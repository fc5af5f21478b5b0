namespace ForensicHeads.Generator.Output;

/// <summary>Makes generated frames ready for people: enlarged to a size that can be watched, then marked in the pixels.</summary>
/// <remarks>64 pixels hold neither a readable label nor a watermark that survives half size. The marks come after enlarging.</remarks>
internal sealed class ExportFrame
{
    /// <summary>Smallest side of an export in pixels.</summary>
    internal const int SmallestSide = 256;

    private readonly bool label;
    private readonly WatermarkEmbedder? watermark;
    private readonly int factor;

    /// <summary>For frames of one size.</summary>
    /// <param name="options">Which marks.</param>
    /// <param name="size">Side of the generated frames in pixels.</param>
    internal ExportFrame(ExportOptions options, int size)
    {
        factor = (SmallestSide + size - 1) / size;
        Side = size * factor;
        label = options.Label;
        watermark = options.Watermark is { } key ? new WatermarkEmbedder(key, Side, Side) : null;
    }

    /// <summary>Side of the exported frames in pixels: the smallest whole multiple of the generated size that reaches 256.</summary>
    internal int Side { get; }

    /// <summary>The frame as it is exported.</summary>
    internal RgbImage Of(RgbImage frame)
    {
        var result = ImageResize.Enlarge(frame, factor);
        if (label) result = VisibleLabel.Apply(result);
        return watermark?.Apply(result) ?? result;
    }
}
