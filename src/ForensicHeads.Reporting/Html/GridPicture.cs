namespace ForensicHeads.Reporting.Html;

/// <summary>A picture grid on its way into a report.</summary>
/// <param name="Name">File name without ending, under figures/.</param>
/// <param name="Caption">What the grid shows.</param>
/// <param name="Png">The picture.</param>
public sealed record GridPicture(string Name, string Caption, ReadOnlyMemory<byte> Png);
