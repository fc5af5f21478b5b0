using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Heads;

namespace ForensicHeads.Experiments.Detection;

/// <summary>What a detector is told of: the frames it learns from, and those by which its threshold and calibrator are set.</summary>
/// <param name="Name">In results: <c>aware</c>, <c>unaware</c>, <c>aware-augmented</c>.</param>
/// <param name="Learns">True and made frames of training people.</param>
/// <param name="Judges">True and made frames of validation and calibration people.</param>
internal sealed record DetectorKind(string Name, Func<ExperimentFrame, bool> Learns, Func<ExperimentFrame, bool> Judges)
{
    /// <summary>Knows the few-shot generator.</summary>
    public static DetectorKind Aware(ExperimentConfig config) => new(
        Reporting.Results.DetectorNames.Aware, frame => FoldDetection.IsFewShotOrReal(frame) || config.AttackersInTraining.Contains(frame.Record.Generator), FoldDetection.IsFewShotOrReal);

    /// <summary>Knows self-blended images and the auto-encoder alone, both made from true frames of the same people; its threshold and calibrator, too.</summary>
    public static DetectorKind Unaware { get; } = new(Reporting.Results.DetectorNames.Unaware, IsStandIn, IsStandIn);

    /// <summary>Knows the few-shot generator and the steps of the robustness ladder; one for all conditions.</summary>
    public static DetectorKind Augmented(ExperimentConfig config) => Aware(config) with { Name = Reporting.Results.DetectorNames.Augmented };

    private static bool IsStandIn(ExperimentFrame frame) => frame.IsReal || frame.Record.Generator is FakeKind.SelfBlend or FakeKind.Reconstruct;
}

/// <summary>A trained detector with its thresholds and its calibrator.</summary>
/// <param name="Kind">What it was told of.</param>
/// <param name="Model">The detector.</param>
/// <param name="FrameThreshold">Logit fixed on validation frames.</param>
/// <param name="VideoThreshold">Logit fixed on validation videos.</param>
/// <param name="Calibrator">Fitted on the calibration people's videos.</param>
internal sealed record FittedDetector(DetectorKind Kind, FrameDetector Model, double FrameThreshold, double VideoThreshold, VideoCalibrator Calibrator) : IDisposable
{
    public void Dispose() => Model.Dispose();
}
