namespace ForensicHeads.Media.Decode;

/// <summary>One decoded frame.</summary>
/// <param name="Number">Number in the video as decoded, from 0; frames skipped by a lower rate keep their numbers.</param>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Image">The picture, upright.</param>
public sealed record VideoFrame(int Number, double TimeS, RgbImage Image);
