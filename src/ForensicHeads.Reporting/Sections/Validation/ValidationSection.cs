using System.Text.Json.Serialization;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Validation;

/// <summary>What was fixed before any test person was scored.</summary>
internal sealed class ValidationSection : IReportSection
{
    public string Title => LimitationsSection.Heading;

    public string Html(SectionPage page) => page.Results.Validation.Count == 0 ? ""
        : "<h3>What was fixed on validation and calibration people</h3>\n" + Table(
            "validation", page.Results.Validation,
        ["fold", "detector", "condition", "frame threshold", "video threshold", "AUC of ft", "calibrator slope",
            "calibrator intercept", "lowest log10 LR", "highest log10 LR"],
        (row, at) =>
        [
            Escape(row.Fold), Escape(row.Detector), Escape(row.Condition), Number($"{at}.frame_threshold", Difference(row.FrameThreshold)),
            Number($"{at}.video_threshold", Difference(row.VideoThreshold)), Number($"{at}.subject_auc", Rate(row.SubjectAuc)),
            Number($"{at}.calibrator_slope", Difference(row.CalibratorSlope)),
            Number($"{at}.calibrator_intercept", Difference(row.CalibratorIntercept)),
            Number($"{at}.llr_low", Difference(row.LlrLow)), Number($"{at}.llr_high", Difference(row.LlrHigh)),
        ])
        + Note("Thresholds are logits: above them a frame or video counts as generated. The scores of test people are shifted by them, "
        + "so that theirs is 0. The calibrator states slope × logit + intercept as log10 LR, within the two bounds.");
}

/// <summary>What one fold's detector was given under one condition before any test person was scored. Undefined values are null.</summary>
public sealed record ValidationRow
{
    /// <summary>The fold's name: <c>all</c>, or <c>fold0</c> … in cross-fitting.</summary>
    public required string Fold { get; init; }

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary>The detector's name: artefact, person …</summary>
    public string Detector { get; init; } = Detectors.Artefact;

    /// <summary>Logit above which a frame is called generated; fixed on validation people.</summary>
    public double? FrameThreshold { get; init; }

    /// <summary>Logit above which a video is called generated; fixed on validation people.</summary>
    public double? VideoThreshold { get; init; }

    /// <summary>Frame-level AUC of fine-tuned heads of all shot counts on validation people, by which the headline's condition is
    /// chosen.</summary>
    public double? SubjectAuc { get; init; }

    /// <summary>Of reports of earlier versions, whose headline's condition was chosen by <c>reconstruct</c>; null in all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
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
