using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Accuracy;

/// <summary>The curve: detection per shot count, of each detector, condition and level.</summary>
internal sealed class AccuracySection : IReportSection
{
    internal const string Heading = "Accuracy per shot count";

    private static readonly string[] Kinds = ["auc-per-shot", "accuracy-per-shot"];

    public string Title => Heading;

    public IReadOnlyList<Figure> Figures { get; } =
        [new ShotFigure(Kinds[0], "AUC"), new ShotFigure(Kinds[1], "Accuracy")];

    /// <summary>The headline's two figures, which stand on the first screen: AUC of the detector of artefacts and of the one that knows the
    /// person; without the latter, accuracy.</summary>
    internal static IEnumerable<FigureFile> First(IReadOnlyList<FigureFile> figures)
    {
        var auc = figures.FirstOrDefault(figure => figure.Kind == Kinds[0]);
        var beside = figures.FirstOrDefault(figure => figure.Name == $"{auc?.Name}-{Detectors.Person}")
            ?? figures.FirstOrDefault(figure => figure.Kind == Kinds[1]);
        return new[] { auc, beside }.OfType<FigureFile>();
    }

    public IEnumerable<FigureFile> Shown(IReadOnlyList<FigureFile> drawn) => [];

    public IEnumerable<FigureTable> Tables(ExperimentResults results)
    {
        var headline = results.Headline;
        var several = results.AccuracyPerShot.Select(row => row.Arm).Where(arm => arm is not null).Distinct()
            .Count() > 1;
        var groups = results.AccuracyPerShot.GroupBy(row => (row.Condition, row.Level, row.Detector))
            .OrderByDescending(group => group.Key.Condition == headline.Condition)
            .ThenByDescending(group => group.Key.Level == headline.Level).ToArray();
        var first = groups.FirstOrDefault()?.Key;
        foreach (var group in groups)
        {
            var key = group.Key;
            // One figure for every row would be too many to look at: other detectors and the other level are drawn where the headline is,
            // and detectors on clean frames.
            var isHeadline = key.Condition == headline.Condition;
            if (key.Level != headline.Level && !isHeadline) continue;
            if (key.Detector != first?.Detector && (key.Level != headline.Level || !headline.IsDrawn(key.Condition))) continue;
            string[] parts =
                [key.Condition, key.Level == headline.Level ? "" : key.Level.Text(), key.Detector == first?.Detector ? "" : key.Detector];
            var variant = FigureTable.Slug(string.Join('-', parts.Where(part => part.Length > 0)));
            var anchors = results.Anchors.Where(row => (row.Condition, row.Level, row.Detector) == key).ToArray();
            yield return FigureTable.Of($"auc-per-shot.{variant}", ShotFigure.Columns, group
                .Select(row => Cells(row, several, row.Auc, row.AucCiLow, row.AucCiHigh))
                .Concat(anchors.Select(row => Cells(row, row.Auc, row.CiLow, row.CiHigh))));
            yield return FigureTable.Of($"accuracy-per-shot.{variant}", ShotFigure.Columns, group
                .Select(row => Cells(row, several, row.Accuracy, row.CiLow, row.CiHigh))
                .Concat(anchors.Select(row => Cells(row, row.Accuracy, row.AccuracyCiLow, row.AccuracyCiHigh))));
            // The other attackers' figure of the same condition, level and detector stands beside them.
            var attackers = results.Attackers.Where(row => (row.Condition, row.Level, row.Detector) == key).ToArray();
            if (attackers.Length == 0) continue;
            // The headline's heads stand in it, to compare with, and feed-forward ones beside generators of others, which mostly are.
            var others = attackers.Any(row => Generators.Of(row.Mode) is null);
            yield return FigureTable.Of($"{AttackersSection.Kind}.{variant}", ShotFigure.Columns, attackers
                .Concat(group.Where(row => (row.Mode == Method.Ft && (row.Arm == headline.Arm || !several))
                    || (others && row.Mode == Method.Ff)))
                .Select(row => Cells(row, several, row.Auc, row.AucCiLow, row.AucCiHigh)));
        }
    }

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) =>
    [
        new("detection",
            $"Detection per shot count T, condition {condition}, {level.Text()} level, against the same real {level.Text()}s at every T. "
            + $"{TextTable.Intervals} Accuracy is ½ (TPR + TNR).",
            ["detector", "mode", "T", "n", "AUC", "accuracy", "TPR", "TNR", "EER", "Cllr"],
            [.. results.AccuracyPerShot.Where(row => row.Condition == condition && row.Level == level).Select(row => (IReadOnlyList<string>)
            [
                row.Detector, TextTable.WithArm(row.Mode.ToString(), row.Arm), Count(row.Shots), Count(row.NIdentities),
                Interval(row.Auc, row.AucCiLow, row.AucCiHigh, Rate),
                Interval(row.Accuracy, row.CiLow, row.CiHigh, Rate), Rate(row.Tpr), Rate(row.Tnr), Rate(row.Eer), Rate(row.Cllr),
            ])]),
    ];

    public string Html(SectionPage page) => Html(page, page.Results.AccuracyPerShot, "accuracy_per_shot", "No few-shot fakes were scored.");

    /// <summary>The table of the curve, or of another list of its form.</summary>
    internal static string Html(SectionPage page, IReadOnlyList<AccuracyRow> rows, string list, string none) =>
        rows.Count == 0 ? Note(none) : Table(
            list, rows,
        ["condition", "level", "arm", "detector", "mode", "T", "people", "videos", "frames", "AUC [95 %]", "p", "accuracy [95 %]", "TPR",
            "TNR", "EER", "TPR at FPR 1 %", "Cllr", "Cllr_min", "ECE"],
        (row, at) =>
        [
            Escape(row.Condition), Escape(row.Level.Text()), Arm(row.Arm), Escape(row.Detector), Escape(row.Mode.ToString()),
            Number($"{at}.shots", Count(row.Shots)),
            Number($"{at}.n_identities", Count(row.NIdentities)), Number($"{at}.n_videos", Count(row.NVideos)),
            Number($"{at}.n_frames", Count(row.NFrames)),
            Interval(at, "auc", "auc_ci_low", "auc_ci_high", (row.Auc, row.AucCiLow, row.AucCiHigh), Rate),
            Number($"{at}.auc_p", P(row.AucP)),
            Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
            Number($"{at}.tpr", Rate(row.Tpr)), Number($"{at}.tnr", Rate(row.Tnr)), Number($"{at}.eer", Rate(row.Eer)), Strict(row, at),
            Number($"{at}.cllr", Rate(row.Cllr)), Number($"{at}.cllr_min", Rate(row.CllrMin)),
            Number($"{at}.expected_calibration_error", Rate(row.ExpectedCalibrationError)),
        ], row => page.IsOpen(row.Condition, row.Level))
        + HtmlNote("Intervals: exact binomial limits on an effective number of people (docs/statistics.md). Accuracy is ½ (TPR + TNR). "
            + "p: of an area above ½, by exchanging the labels of whole people. Grey: fewer than the 100 real people whom FPR 1 % needs. "
            + "ECE: expected calibration error, 15 equal-mass bins.");

    private static string Strict(AccuracyRow row, string at)
    {
        var number = Number($"{at}.tpr_at_fpr_1pct", Rate(row.TprAtFpr1Pct));
        return row.TprAtFpr1PctResolvable ? number
            : $"<span class=\"grey\" title=\"fewer than 100 real people: 1 % cannot be resolved\">{number}</span>";
    }

    private static object?[] Cells(AccuracyRow row, bool several, double? value, double? low, double? high) =>
    [
        FigureStyle.SeriesOf(row.Mode, row.Arm, several), row.Shots, value, low, high, row.Condition, row.Level, row.Arm, row.Detector,
        row.NIdentities, row.NVideos, row.NFrames,
    ];

    private static object?[] Cells(AnchorRow row, double? value, double? low, double? high) =>
        [row.Name, null, value, low, high, row.Condition, row.Level, row.Arm, row.Detector, row.NIdentities, null, null];
}
