namespace ForensicHeads.Detector.Scoring;

/// <summary>A frame worth looking at.</summary>
/// <param name="Track">Its track.</param>
/// <param name="What"><c>highest score</c>, <c>lowest score</c> or <c>middle of the track</c>.</param>
/// <param name="Frame">Number in the video, from 0.</param>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Score">Logit.</param>
/// <param name="Picture">The crop as it was cut.</param>
/// <param name="Explanation">Where its score comes from; null where nobody asked.</param>
public sealed record KeyFrame(int Track, string What, int Frame, double TimeS, double Score, RgbImage Picture, OcclusionMap? Explanation = null);
