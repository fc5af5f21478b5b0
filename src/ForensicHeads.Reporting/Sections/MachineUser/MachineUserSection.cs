using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.MachineUser;

/// <summary>The paper's human task, put to the detectors and to people.</summary>
internal sealed class MachineUserSection : IReportSection
{
    public string Title => "Machine-USER";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new ShotFigure("machine-user-per-shot", "Share picked by the machine-USER", "",
            "Of three sequences (at frame level: pictures) of one person, two real and one generated, the detector picks the one with "
            + "the highest score. Lower is a better generator. Human raters may stand on this axis; AUC may not.", MachineUserRow.Guessing),
    ];

    public IEnumerable<FigureTable> Tables(ExperimentResults results)
    {
        var headline = results.Headline;
        bool IsDrawn(MachineUserRow row) =>
            row.Level == Level.Video && headline.IsDrawn(row.Condition) && (row.Arm == headline.Arm || row.Arm is null);
        return results.MachineUser.Where(IsDrawn)
            .GroupBy(row => row.Condition, StringComparer.Ordinal).OrderByDescending(group => group.Key == headline.Condition)
            .Select(group => FigureTable.Of(
                $"machine-user-per-shot.{FigureTable.Slug(group.Key)}", ShotFigure.Columns, group.Select(row => new object?[]
                {
                    $"{row.Detector} {row.Mode}", row.Shots, row.Accuracy, row.CiLow, row.CiHigh, row.Condition, row.Level, row.Arm,
                    row.Detector, row.NIdentities, null, null,
                }).Concat(results.HumanUser.Select(row => new object?[]
                {
                    $"{HumanUserRow.Name} {row.Mode}", row.Shots, row.Accuracy, row.CiLow, row.CiHigh, group.Key, Level.Video, "",
                    HumanUserRow.Name, null, null, null,
                }))));
    }

    public string Html(SectionPage page) => page.Pictures + People(page.Results) + Machines(page);

    private static string People(ExperimentResults results) => results.HumanUser.Count == 0 ? "" : "<h3>People</h3>\n" + Table(
        "human_user", results.HumanUser, ["mode", "T", "raters", "triplets", "picked the generated one [95 %]"],
        (row, at) =>
        [
            Escape(row.Mode.ToString()), Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_raters", Count(row.NRaters)),
            Number($"{at}.n_triplets", Count(row.NTriplets)),
            Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
        ]) + Note("The same task, put to human raters. Intervals: Korn and Graubard over raters.") + "<h3>Detectors</h3>\n";

    private static string Machines(SectionPage page) =>
        page.Results.MachineUser.Count == 0 ? Note("No person has a second real sequence.") : Table(
        "machine_user", page.Results.MachineUser,
        ["condition", "level", "detector", "mode", "arm", "T", "people", "triplets", "picked the generated one [95 %]", "chance"],
        (row, at) =>
        [
            Escape(row.Condition), Escape(row.Level.Text()), Escape(row.Detector), Escape(row.Mode.ToString()), Arm(row.Arm),
            Number($"{at}.shots", Count(row.Shots)), Number($"{at}.n_identities", Count(row.NIdentities)),
            Number($"{at}.n_triplets", Count(row.NTriplets)),
            Interval(at, "accuracy", "ci_low", "ci_high", (row.Accuracy, row.CiLow, row.CiHigh), Rate),
            Number($"{at}.chance", Rate(row.Chance)),
        ], row => row.Level == Level.Video && page.Results.Headline.IsDrawn(row.Condition))
        + Note("Three sequences (video level) or pictures (frame level) of one person: the true driver frames, a second true sequence "
            + "from another video where there is one, and the generated one. Equal scores are decided by a seeded coin. Intervals: Korn "
            + "and Graubard over people.");
}
