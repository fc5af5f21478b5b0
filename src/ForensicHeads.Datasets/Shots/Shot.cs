namespace ForensicHeads.Datasets.Shots;

/// <summary>One photo of a person: a square frame and its landmarks in pixels of that frame.</summary>
public sealed record Shot(RgbImage Image, Landmarks68 Landmarks);
