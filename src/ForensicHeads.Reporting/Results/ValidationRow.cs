using ForensicHeads.Detector.Catalogue;
namespace ForensicHeads.Reporting.Results;

/// <summary>What one fold's detector was given under one condition before any test person was scored. Undefined values are null.</summary>
public sealed record ValidationRow
{
    /// <summary>The fold's name: <c>all</c>, or <c>fold0</c> … in cross-fitting.</summary>
    public required string Fold { get; init; }

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary>The detector's name: aware, unaware …</summary>
    public string Detector { get; init; } = Detectors.Aware;

    /// <summary>Logit above which a frame is called generated; fixed on validation people.</summary>
    public double? FrameThreshold { get; init; }

    /// <summary>Logit above which a video is called generated; fixed on validation people.</summary>
    public double? VideoThreshold { get; init; }

    /// <summary>Frame-level AUC of <c>reconstruct</c> on validation people, by which the headline's condition is chosen.</summary>
    public double? ReconstructAuc { get; init; }

    /// <summary>Slope of the calibrator, fitted on calibration people's videos: log10 likelihood ratio per unit of logit.</summary>
    public double? CalibratorSlope { get; init; }

    /// <summary>log10 likelihood ratio at logit 0, before the bounds.</summary>
    public double? CalibratorIntercept { get; init; }

    /// <summary>Lowest log10 likelihood ratio that is stated; lower ones are raised to it.</summary>
    public double? LlrLow { get; init; }

    /// <summary>Highest log10 likelihood ratio that is stated; higher ones are lowered to it.</summary>
    public double? LlrHigh { get; init; }
}
