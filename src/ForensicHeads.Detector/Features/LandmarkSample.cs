namespace ForensicHeads.Detector.Features;

/// <summary>The landmarks of a face at one moment, as found in the pixels.</summary>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Landmarks">68 points in pixels, of the source or of a crop, the same for the whole track.</param>
/// <param name="Confidence">0 … 1, of the landmarks.</param>
public sealed record LandmarkSample(double TimeS, Landmarks68 Landmarks, float Confidence);
