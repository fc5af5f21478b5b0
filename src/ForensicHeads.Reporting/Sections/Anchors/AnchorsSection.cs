using System.Text.Json.Serialization;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Anchors;

/// <summary>What lies beside the curve: other things than few-shot fakes, against the same real items.</summary>
internal sealed class AnchorsSection : IReportSection
{
    public string Title => "Anchors";

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) =>
    [
        new("anchors", $"Anchors of the curve, condition {condition}, {level.Text()} level. {TextTable.Intervals}",
            ["anchor", "detector", "n", "AUC", "accuracy"],
            [.. results.Anchors.Where(row => row.Condition == condition && row.Level == level).Select(row => (IReadOnlyList<string>)
            [
                TextTable.WithArm(row.Name, row.Arm), row.Detector, Count(row.NIdentities), Interval(row.Auc, row.CiLow, row.CiHigh, Rate),
                Interval(row.Accuracy, row.AccuracyCiLow, row.AccuracyCiHigh, Rate),
            ])]),
    ];

    public string Html(SectionPage page) => page.Results.Anchors.Count == 0 ? Note("No anchors were scored.") : Table(
        "anchors", page.Results.Anchors, ["anchor", "arm", "detector", "condition", "level", "people", "AUC [95 %]", "accuracy [95 %]"],
        (row, at) =>
        [
            Escape(row.Name), Arm(row.Arm), Escape(row.Detector), Escape(row.Condition), Escape(row.Level.Text()),
            Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "auc", "ci_low", "ci_high", (row.Auc, row.CiLow, row.CiHigh), Rate),
            Interval(at, "accuracy", "accuracy_ci_low", "accuracy_ci_high", (row.Accuracy, row.AccuracyCiLow, row.AccuracyCiHigh), Rate),
        ], row => page.IsOpen(row.Condition, row.Level));
}

/// <summary>An anchor of the curve: something other than a few-shot fake, tested against the same real items.</summary>
public sealed record AnchorRow
{
    /// <summary><c>passthrough</c>, <c>reconstruct</c>, <c>t0</c> or <c>t_all</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>epochs</c> or <c>updates</c> for <c>t_all</c>; empty for the others, which are not fine-tuned.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>The detector's name: artefact, person …</summary>
    public string Detector { get; init; } = Detectors.Artefact;

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
