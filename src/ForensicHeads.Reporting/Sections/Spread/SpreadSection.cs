using System.Text.Json.Serialization;
using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Spread;

/// <summary>How much the curve moves between repetitions, before the intervals that leave this out.</summary>
internal sealed class SpreadSection : IReportSection
{
    public string Title => AccuracySection.Heading;

    public string Html(SectionPage page) => page.Results.Spread.Count == 0 ? ""
        : "<h3>Spread between detector seeds and between generators</h3>\n" + Table(
            "spread", page.Results.Spread,
        ["over", "condition", "level", "detector", "mode", "arm", "T", "n", "mean AUC", "standard deviation", "lowest", "highest"],
        (row, at) =>
        [
            Escape(row.Over.Replace('_', ' ')), Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Detector),
                Escape(row.Mode.ToString()),
            Arm(row.Arm),
            Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n", Count(row.N)), Number($"{at}.mean", Rate(row.Mean)),
            Number($"{at}.deviation", Rate(row.Deviation)), Number($"{at}.lowest", Rate(row.Lowest)),
            Number($"{at}.highest", Rate(row.Highest)),
        ])
        + Note("Of the same true frames. The intervals below are over people, given this detector seed and these generators; this "
        + "spread comes on top of them.");
}

/// <summary>How much one point of the curve moves between repetitions: seeds of the detector's training, or generators.</summary>
public sealed record SpreadRow
{
    /// <summary>Between seeds of the whole detector training.</summary>
    public const string DetectorSeed = "detector_seed";

    /// <summary>Between generators, each a meta-training of its own.</summary>
    public const string Generator = "generator";

    /// <summary>What was repeated: <c>detector_seed</c> or <c>generator</c>.</summary>
    public required string Over { get; init; }

    /// <summary>The detector.</summary>
    public required string Detector { get; init; }

    /// <summary>The condition applied to both classes.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>Budget of fine-tuning; empty where it plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public required Arm? Arm { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary>The repetitions' areas under the ROC curve, in their order.</summary>
    public required IReadOnlyList<double> Aucs { get; init; }

    /// <summary>How many.</summary>
    public int N => Aucs.Count;

    /// <summary>Their mean.</summary>
    public double Mean => Aucs.Average();

    /// <summary>Their standard deviation, dividing by n − 1.</summary>
    public double Deviation => Math.Sqrt(Aucs.Sum(auc => (auc - Mean) * (auc - Mean)) / Math.Max(1, Aucs.Count - 1));

    /// <summary>The lowest.</summary>
    public double Lowest => Aucs.Min();

    /// <summary>The highest.</summary>
    public double Highest => Aucs.Max();

    /// <summary>One row for each detector, condition, level, mode, arm and shot count that at least two repetitions scored.</summary>
    /// <param name="over">What was repeated.</param>
    /// <param name="repetitions">Scores of the same true frames and of each repetition's few-shot ones.</param>
    public static IReadOnlyList<SpreadRow> Of(string over, IReadOnlyList<IReadOnlyList<ScoredItem>> repetitions)
    {
        if (repetitions.Count < 2) return [];
        var rows = repetitions.Select(items =>
        {
            var real = items.Where(item => !item.Generated).ToLookup(item => (item.Detector, item.Condition, item.Level), item =>
                item.Score);
            return items.Where(item => item is { Origin.IsHead: true, Shots: not null })
                .GroupBy(item => (item.Detector, item.Condition, item.Level, Mode: item.Mode!.Value, item.Arm, Shots: item.Shots!.Value))
                .ToDictionary(cell => cell.Key,
                cell => Statistics.Auc.Compute(
                    [.. real[(cell.Key.Detector, cell.Key.Condition, cell.Key.Level)]], [.. cell.Select(item => item.Score)]));
        }).ToArray();
        return [.. rows[0].Keys
            .Select(key => (Key: key, Aucs: rows.Select(cells => cells.GetValueOrDefault(key)).OfType<double>().ToArray()))
            .Where(row => row.Aucs.Length > 1)
            .OrderBy(row => row.Key.Detector, StringComparer.Ordinal).ThenBy(row => row.Key.Condition, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Level)
            .ThenBy(row => row.Key.Mode).ThenBy(row => row.Key.Arm).ThenBy(row => row.Key.Shots)
            .Select(row =>
                new SpreadRow { Over = over, Detector = row.Key.Detector, Condition = row.Key.Condition, Level = row.Key.Level,
            Mode = row.Key.Mode, Arm = row.Key.Arm, Shots = row.Key.Shots, Aucs = row.Aucs })];
    }
}
