using ForensicHeads.Media;

namespace ForensicHeads.Generator.Driving;

/// <summary>What was done to a driver's landmarks, for the sidecar.</summary>
/// <param name="Fit">Whether they were fitted to the target's face.</param>
/// <param name="SmoothSeconds">Deviation of the smoothing over time, seconds; 0 for none.</param>
/// <param name="Interpolated">Runs of frames without a face that were filled in from their neighbours.</param>
/// <param name="LeftOut">Runs of frames without a face that are missing from the output.</param>
public sealed record DrivingRecord(LandmarkFit Fit, double SmoothSeconds, IReadOnlyList<FrameRun> Interpolated, IReadOnlyList<FrameRun> LeftOut);
