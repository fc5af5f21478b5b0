using System.Text.Json.Serialization;

namespace ForensicHeads.Reporting.Sections.Accuracy;

/// <summary>One point of the curve: detection of one mode and shot count against the same real items. Undefined values are null.</summary>
public sealed record AccuracyRow
{
    /// <summary>Real people that a false positive rate of 1 % needs.</summary>
    public const int PeopleFor1Pct = 100;

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary><c>ff</c>, <c>ft</c> or a baseline's name.</summary>
    public required Method Mode { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part (ff, other attackers): such a row
    /// stands beside every arm.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary>The detector's name: artefact, person …</summary>
    public required string Detector { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Distinct videos, real and driver.</summary>
    public int NVideos { get; init; }

    /// <summary>Frames, real and generated.</summary>
    public int NFrames { get; init; }

    /// <summary>Real items scored at this level.</summary>
    public int NReal { get; init; }

    /// <summary>Generated items scored at this level.</summary>
    public int NGenerated { get; init; }

    /// <summary>½ (TPR + TNR), which is plain accuracy where the classes are equally large.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Lower 95 % limit of accuracy, over people.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit of accuracy.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Share of generated items called generated.</summary>
    public double? Tpr { get; init; }

    /// <summary>Lower 95 % limit of TPR.</summary>
    public double? TprCiLow { get; init; }

    /// <summary>Upper 95 % limit of TPR.</summary>
    public double? TprCiHigh { get; init; }

    /// <summary>Share of real items called real; the same at every shot count.</summary>
    public double? Tnr { get; init; }

    /// <summary>Lower 95 % limit of TNR.</summary>
    public double? TnrCiLow { get; init; }

    /// <summary>Upper 95 % limit of TNR.</summary>
    public double? TnrCiHigh { get; init; }

    /// <summary>Area under the ROC curve, ties half.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit of the area, over people.</summary>
    public double? AucCiLow { get; init; }

    /// <summary>Upper 95 % limit of the area.</summary>
    public double? AucCiHigh { get; init; }

    /// <summary>One-sided p of an area above ½, by exchanging the labels of whole people (<see cref="PeopleExchange"/>).</summary>
    public double? AucP { get; init; }

    /// <summary>Standard error of the area for pooling studies (Obuchowski 1997, people as clusters); the interval does not rest on
    /// it.</summary>
    public double? AucSe { get; init; }

    /// <summary>Equal error rate.</summary>
    public double? Eer { get; init; }

    /// <summary>TPR where at most 1 % of real items are called generated.</summary>
    [JsonPropertyName("tpr_at_fpr_1pct")]
    public double? TprAtFpr1Pct { get; init; }

    /// <summary>Whether there are the 100 real people that 1 % needs, however many frames each has; printed grey where not.</summary>
    [JsonPropertyName("tpr_at_fpr_1pct_resolvable")]
    public bool TprAtFpr1PctResolvable { get; init; }

    /// <summary>Cost of the log-likelihood ratios, bits.</summary>
    public double? Cllr { get; init; }

    /// <summary>The same after the best monotone recalibration of the scores, bits: bounded ratios tie where scores do not, so they would
    /// count as worse than they are.</summary>
    public double? CllrMin { get; init; }

    /// <summary>Mean squared error of the probabilities.</summary>
    public double? Brier { get; init; }

    /// <summary>Expected calibration error, 15 equal-mass bins.</summary>
    public double? ExpectedCalibrationError { get; init; }

    /// <summary>Why something is null or cruder than usual.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
