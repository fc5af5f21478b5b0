namespace ForensicHeads.Detector.Conditions;

/// <summary>A frame on its way through a condition.</summary>
/// <param name="Image">The picture; not changed.</param>
/// <param name="Landmarks">In pixels of <paramref name="Image"/>. Real frames and frames driven by them have the same.</param>
/// <param name="Name">The frame's own name: what is drawn once a frame (sensor noise) differs between a true frame and those made from it.</param>
/// <param name="Video">The driver video's name, for what is drawn once a video (a camera).</param>
public sealed record ConditionFrame(RgbImage Image, Landmarks68 Landmarks, string Name, string Video);
