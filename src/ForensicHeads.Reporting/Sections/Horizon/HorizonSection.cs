using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Horizon;

/// <summary>How much compression hides heads of T shots.</summary>
internal sealed class HorizonSection : IReportSection
{
    public string Title => "Detection horizon: how much compression hides them";

    public IReadOnlyList<Figure> Figures { get; } = [new HorizonFigure()];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) =>
        results.AccuracyPerShot.Select(row => (Row: row, Crf: HorizonRow.CrfOf(row.Condition)))
            .Where(one => one.Crf is not null && one.Row.Level == results.Headline.Level && one.Row.Mode == Method.Ft
                && one.Row.Arm == results.Headline.Arm && Detectors.All.Find(one.Row.Detector) is { HasHeadline: true })
            .GroupBy(one => one.Row.Detector).Where(detector => detector.Select(one => one.Crf).Distinct().Count() > 1)
            .Select(detector => FigureTable.Of($"compression.{FigureTable.Slug(detector.Key)}",
                ["shots", "crf", "auc", "ci_low", "ci_high", "level", "n_identities"],
                detector.OrderBy(one => one.Row.Shots).ThenBy(one => one.Crf).Select(one => new object?[]
                {
                    one.Row.Shots, one.Crf, one.Row.Auc, one.Row.AucCiLow, one.Row.AucCiHigh, one.Row.Level, one.Row.NIdentities,
                })));

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) =>
    [
        new("horizon", $"Detection horizon: H.264 rate factor at which the AUC falls to {Prose(HorizonRow.Area)}, interpolated; 95 % "
            + "jackknife intervals over people.",
            ["detector", "mode", "T", "n", "CRF", "remark"],
            [.. results.Horizon.Where(row => row.Level == level).Select(row => (IReadOnlyList<string>)
            [
                row.Detector, TextTable.WithArm(row.Mode.ToString(), row.Arm), Count(row.Shots), Count(row.NIdentities),
                Interval(row.Crf, row.CiLow, row.CiHigh, Decibels), Remark(row),
            ])]),
    ];

    public string Html(SectionPage page) => page.Results.Horizon.Count == 0 ? "" : page.Pictures + Table(
        "horizon", page.Results.Horizon, ["detector", "mode", "arm", "T", "people", "CRF [95 %]", "remark"],
        (row, at) =>
        [
            Escape(row.Detector), Escape(row.Mode.ToString()), Arm(row.Arm), Number($"{at}.shots", Count(row.Shots)),
            Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "crf", "ci_low", "ci_high", (row.Crf, row.CiLow, row.CiHigh), Decibels), Escape(Remark(row)),
        ], row => Detectors.All.Find(row.Detector) is { HasHeadline: true })
        + Note($"The H.264 rate factor at which heads of T shots are told from real frames with an AUC of {Prose(HorizonRow.Area)} alone, "
            + "between the factors that were tried. Each factor has a detector of its own that learnt under it. Higher: they can be "
            + "compressed more and are still found.");

    private static string Remark(HorizonRow row) => row.Warning ?? "";
}
