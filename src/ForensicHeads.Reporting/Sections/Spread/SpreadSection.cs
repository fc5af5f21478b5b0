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
