using System.Text.Json.Serialization;
using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Sections.OtherDetectors;

/// <summary>The detectors beside each other, and from which shot count on each misses.</summary>
internal sealed class DetectorsSection : IReportSection
{
    public string Title => "Detectors beside each other";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new ShotFigure("detectors-per-shot", "AUC", "the detectors",
            "artefact: learnt from the few-shot generator; artefact-unaware: learnt from self-blended images and an auto-encoder alone; "
            + "artefact-augmented: learnt under the robustness ladder, too; person: compares the face with pictures of whom it claims to "
            + "show."),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results)
    {
        var headline = results.Headline;
        AccuracyRow[] rows = [.. results.AccuracyPerShot.Where(row =>
            row.Level == headline.Level && headline.IsDrawn(row.Condition) && (row.Arm == headline.Arm || row.Arm is null))];
        if (rows.Select(row => row.Detector).Distinct(StringComparer.Ordinal).Count() < 2) return [];
        return rows.GroupBy(row => (row.Condition, row.Mode)).OrderByDescending(group => group.Key.Condition == headline.Condition)
            .Select(group => FigureTable.Of(FormattableString.Invariant(
                $"detectors-per-shot.{FigureTable.Slug(group.Key.Condition)}-{FigureTable.Slug(group.Key.Mode.ToString())}"),
                [.. ShotFigure.Columns, "mode"], group.Select(row => new object?[]
            {
                row.Detector, row.Shots, row.Auc, row.AucCiLow, row.AucCiHigh, row.Condition, row.Level, row.Arm,
                row.Detector, row.NIdentities, row.NVideos, row.NFrames, row.Mode,
            })));
    }

    public string Html(SectionPage page) => (page.Results.MissedFrom.Count == 0 ? "" : Table(
        "missed_from", page.Results.MissedFrom, ["detector", "mode", "arm", "T* (smallest T with upper AUC limit under 0.75)"],
        (row, _) => [Escape(row.Detector), Escape(row.Mode.ToString()), Arm(row.Arm), Escape(row.Statement)])) + page.Pictures;
}

/// <summary>T*: the smallest shot count whose upper AUC limit is under 0.75.</summary>
/// <param name="Detector">The detector: artefact, person …</param>
/// <param name="Mode"><c>ff</c> or <c>ft</c>.</param>
/// <param name="Shots">T*, or null.</param>
/// <param name="Statement">T* in words: "not reached up to 32" where there is none.</param>
public sealed record MissedFrom(string Detector, Method Mode, int? Shots, string Statement)
{
    /// <summary><c>epochs</c> or <c>updates</c>; empty where the budget of fine-tuning plays no part.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>An upper AUC limit under this counts as missed.</summary>
    public const double Limit = 0.75;

    /// <summary>T* of every detector, mode and arm at one condition and level.</summary>
    public static IReadOnlyList<MissedFrom> Of(IReadOnlyList<AccuracyRow> rows, string condition, Level level) =>
        [.. rows.Where(row => row.Condition == condition && row.Level == level).GroupBy(row => (row.Detector, row.Mode, row.Arm))
            .Select(group =>
        {
            var missed = group.Where(row => row.AucCiHigh < Limit).Select(row => (int?)row.Shots).Min();
            return new MissedFrom(group.Key.Detector, group.Key.Mode, missed,
                missed is { } shots ? FormattableString.Invariant($"{shots}")
                    : FormattableString.Invariant($"not reached up to {group.Max(row => row.Shots)}"))
            { Arm = group.Key.Arm };
        })];
}
