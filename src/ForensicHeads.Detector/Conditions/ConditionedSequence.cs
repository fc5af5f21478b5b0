namespace ForensicHeads.Detector.Conditions;

/// <summary>A sequence under a condition.</summary>
/// <param name="Images">As many pictures as went in, of the same size.</param>
/// <param name="Bits">Size of the coded sequence in bits, where the condition is a video codec; else null.</param>
public sealed record ConditionedSequence(IReadOnlyList<RgbImage> Images, long? Bits = null);
