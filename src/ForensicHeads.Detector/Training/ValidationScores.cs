namespace ForensicHeads.Detector.Training;

/// <summary>How the frames of a training's validation people were scored, by its detector or by a baseline beside it.</summary>
/// <param name="Name"><c>detector</c>, <c>trivial_pixels</c> or <c>metadata_only</c>.</param>
/// <param name="Frames">A row for every frame of the validation people, both classes.</param>
public sealed record ValidationScores(string Name, IReadOnlyList<FrameScore> Frames);
