namespace ForensicHeads.Media.Marks;

/// <summary>What an XMP packet says of where its file came from.</summary>
/// <param name="DigitalSourceType">IPTC's <c>DigitalSourceType</c>, an address; null where there is none.</param>
/// <param name="CreatorTool">The program that made the file; null where there is none.</param>
public sealed record XmpFacts(string? DigitalSourceType, string? CreatorTool);
