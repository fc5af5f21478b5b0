namespace ForensicHeads.Detector.Training;

/// <summary>What a training gave.</summary>
/// <param name="Manifest">What stands in <c>detector.json</c>.</param>
/// <param name="FrameAuc">AUC over validation frames; null where a class is missing there. Chosen on these people, so no measure of what is to come.</param>
/// <param name="VideoAuc">AUC over validation videos; null likewise.</param>
/// <param name="Calibrator">The calibrator; null when there were too few people for one.</param>
/// <param name="Notes">What the user should know, a line each.</param>
public sealed record TrainingOutcome(DetectorManifest Manifest, double? FrameAuc, double? VideoAuc, VideoCalibrator? Calibrator, IReadOnlyList<string> Notes)
{
    /// <summary>How validation people's frames were scored by the detector, then by <c>trivial_pixels</c> and <c>metadata_only</c> trained beside it; empty where a class is missing there.</summary>
    public IReadOnlyList<ValidationScores> Validation { get; init; } = [];
}
