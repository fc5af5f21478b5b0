namespace ForensicHeads.Datasets.Procedural;

/// <summary>A rendered frame and its exact landmarks.</summary>
/// <param name="Image">The clean render, square.</param>
/// <param name="Landmarks">Projected surface points in pixels of <paramref name="Image"/>; hidden points are given where they would be seen.</param>
public sealed record ProceduralFrame(RgbImage Image, Landmarks68 Landmarks);
