namespace ForensicHeads.Reporting.Sections.Test;

/// <summary>How a saved detector did on one group of generated items against the same real ones. Undefined values are null.</summary>
public sealed record TestRow
{
    /// <summary>The detector's name.</summary>
    public required string Detector { get; init; }

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>The generator of the group; null where those of several are in it.</summary>
    public string? Generator { get; init; }

    /// <summary>The mode of the group; null where it has several or none.</summary>
    public string? Mode { get; init; }

    /// <summary>Shot count T of the group; null where it has several or none.</summary>
    public int? Shots { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Real items.</summary>
    public int NReal { get; init; }

    /// <summary>Generated items.</summary>
    public int NGenerated { get; init; }

    /// <summary>½ (TPR + TNR).</summary>
    public double? Accuracy { get; init; }

    /// <summary>Lower 95 % limit of accuracy, over people.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit of accuracy.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Area under the ROC curve, ties half.</summary>
    public double? Auc { get; init; }

    /// <summary>Lower 95 % limit of the area, over people.</summary>
    public double? AucCiLow { get; init; }

    /// <summary>Upper 95 % limit of the area.</summary>
    public double? AucCiHigh { get; init; }

    /// <summary>Share of generated items called generated.</summary>
    public double? Tpr { get; init; }

    /// <summary>Share of real items called real.</summary>
    public double? Tnr { get; init; }

    /// <summary>Equal error rate.</summary>
    public double? Eer { get; init; }

    /// <summary>Cost of the log-likelihood ratios, bits; null for a detector without a calibrator.</summary>
    public double? Cllr { get; init; }

    /// <summary>Why something is null or cruder than usual.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Name of their table for a paper.</summary>
    public const string TableName = "test";

    /// <summary>What a group can be made by, besides detector and level. Conditions have rows of their own in any case.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = ["generator", "mode", "shots", "condition"];

    /// <summary>All generated items of each detector, condition and level together, then those of each group.</summary>
    /// <param name="items">Test people only, real and generated; scores are relative to the thresholds of their detectors.</param>
    /// <param name="by">Some of <see cref="Dimensions"/>.</param>
    public static IReadOnlyList<TestRow> Of(IReadOnlyList<ScoredItem> items, IReadOnlyList<string> by)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(by);
        var rows = new List<TestRow>();
        foreach (var part in items.GroupBy(item => (item.Detector, item.Condition, item.Level)).OrderBy(part => part.Key.Level))
        {
            var real = part.Where(item => !item.Generated).ToArray();
            var fakes = part.Where(item => item.Generated).ToArray();
            (string? Generator, string? Mode, int? Shots) Key(ScoredItem item) => (
                by.Contains("generator") ? item.Origin.Generator : null, by.Contains("mode") ? item.Origin.Mode?.Text() : null,
                by.Contains("shots") ? item.Shots : null);
            var groups = fakes.GroupBy(Key).OrderBy(group => group.Key.Generator, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Mode, StringComparer.Ordinal).ThenBy(group => group.Key.Shots).ToArray();
            rows.Add(Row(part.Key, (null, null, null), real, fakes));
            if (groups.Length > 1 || groups.Any(group => group.Key != default))
                rows.AddRange(groups.Select(group => Row(part.Key, group.Key, real, [.. group])));
        }

        return rows;
    }

    private static TestRow Row((string Detector, string Condition, Level Level) part, (string? Generator, string? Mode, int? Shots) group,
        ScoredItem[] real, ScoredItem[] fakes)
    {
        var measured = ShotCurve.Measure(real, fakes, 0);
        return new TestRow
        {
            Detector = part.Detector,
            Condition = part.Condition,
            Level = part.Level,
            Generator = group.Generator,
            Mode = group.Mode,
            Shots = group.Shots,
            NIdentities = measured.NIdentities,
            NReal = measured.NReal,
            NGenerated = measured.NGenerated,
            Accuracy = measured.Accuracy,
            CiLow = measured.CiLow,
            CiHigh = measured.CiHigh,
            Auc = measured.Auc,
            AucCiLow = measured.AucCiLow,
            AucCiHigh = measured.AucCiHigh,
            Tpr = measured.Tpr,
            Tnr = measured.Tnr,
            Eer = measured.Eer,
            Cllr = measured.Cllr,
            Warnings = measured.Warnings,
        };
    }
}
