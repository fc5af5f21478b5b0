namespace ForensicHeads.Generator.Output;

/// <summary>Which marks an export carries; what is false is missing from the files, and the sidecar says so.</summary>
/// <param name="VisibleLabel">A label that people can read.</param>
/// <param name="InvisibleWatermark">A keyed watermark in the pixels.</param>
/// <param name="SourceTypeMetadata">The IPTC digital source type as XMP inside the file, where software looks for it.</param>
/// <param name="WatermarkKey">The name of the watermark's key: <c>public</c>, or eight hexadecimal digits; null without a watermark.</param>
public sealed record ExportMarks(bool VisibleLabel, bool InvisibleWatermark, bool SourceTypeMetadata, string? WatermarkKey = null);
