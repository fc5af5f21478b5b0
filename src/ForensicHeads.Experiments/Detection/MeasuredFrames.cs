namespace ForensicHeads.Experiments.Detection;

/// <summary>Features of frames under a condition.</summary>
/// <param name="Rows">float32[frames][columns].</param>
/// <param name="BitsPerFrame">Bits of the frame's coded sequence over its frames; null where the condition is no video codec.</param>
/// <param name="Decibels">PSNR of the changed frame against the unchanged one, at most 100 dB; null where not asked for.</param>
internal sealed record MeasuredFrames(float[][] Rows, float[]? BitsPerFrame, float[]? Decibels);
