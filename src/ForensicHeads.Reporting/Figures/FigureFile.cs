namespace ForensicHeads.Reporting.Figures;

/// <summary>A figure that lies on disk as SVG, PNG and CSV of the same name.</summary>
/// <param name="Name">File name without ending.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Svg">The picture as SVG text with outlined words.</param>
/// <param name="Width">Width in CSS pixels.</param>
/// <param name="Height">Height in CSS pixels.</param>
public sealed record FigureFile(string Name, string Title, string Caption, string Svg, int Width, int Height);
