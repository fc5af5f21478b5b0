namespace ForensicHeads.Detector.Scoring;

/// <summary>An upright rectangle in source pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record TrackBox(double X, double Y, double Width, double Height);
