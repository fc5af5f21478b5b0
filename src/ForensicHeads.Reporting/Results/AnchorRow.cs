using ForensicHeads.Detector.Catalogue;
using System.Text.Json.Serialization;
using ForensicHeads.Datasets;
namespace ForensicHeads.Reporting.Results;

/// <summary>An anchor of the curve: something other than a few-shot fake, tested against the same real items.</summary>
public sealed record AnchorRow
{
    /// <summary><c>passthrough</c>, <c>reconstruct</c>, <c>t0</c> or <c>t_all</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c> for <c>t_all</c>; empty for the others, which are not fine-tuned.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>The detector's name: aware, unaware …</summary>
    public string Detector { get; init; } = Detectors.Aware;

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit of the area.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit of the area.</summary>
    public double? CiHigh { get; init; }

    /// <summary>½ (TPR + TNR).</summary>
    public double? Accuracy { get; init; }

    /// <summary>Lower 95 % limit of accuracy.</summary>
    public double? AccuracyCiLow { get; init; }

    /// <summary>Upper 95 % limit of accuracy.</summary>
    public double? AccuracyCiHigh { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Why something is null or cruder than usual.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
