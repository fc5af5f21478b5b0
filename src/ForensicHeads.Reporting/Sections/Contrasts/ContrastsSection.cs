using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Contrasts;

/// <summary>Whether shot count matters: the contrast that was written down beforehand, its trend, and what could have been shown.</summary>
internal sealed class ContrastsSection : IReportSection
{
    public string Title => "Does shot count matter?";

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) =>
    [
        new("contrasts", $"AUC at the fewest shots minus AUC at the most, condition {condition}, {level.Text()} level: paired over people, "
            + "jackknife; p by the exact sign-flip test; trend: AUC a doubling of T.",
            ["detector", "mode", "T", "n", "difference", "could have shown", "p", "trend", "p (trend)"],
            [.. results.Contrasts.Where(row => row.Condition == condition && row.Level == level).Select(row => (IReadOnlyList<string>)
            [
                row.Detector, TextTable.WithArm(row.Mode.ToString(), row.Arm), $"{Count(row.FewestShots)} − {Count(row.MostShots)}",
                Count(row.NIdentities), Interval(row.Difference, row.CiLow, row.CiHigh, Difference), Rate(row.SmallestShown),
                P(row.PHolm ?? row.P), Interval(row.Trend, row.TrendCiLow, row.TrendCiHigh, Difference), P(row.TrendP),
            ])]),
    ];

    public string Html(SectionPage page) => page.Results.Contrasts.Count == 0 ? "" : Table(
        "contrasts", page.Results.Contrasts,
        ["condition", "detector", "mode", "arm", "T", "people", "AUC difference [95 %]", "standard error", "could have shown", "p",
            "p (Holm)", "AUC a doubling [95 %]", "p (trend)", "says"],
        (row, at) =>
        [
            Escape(row.Condition), Escape(row.Detector), Escape(row.Mode.ToString()), Arm(row.Arm),
            $"{Number($"{at}.fewest_shots", Count(row.FewestShots))} − {Number($"{at}.most_shots", Count(row.MostShots))}",
            Number($"{at}.n_identities", Count(row.NIdentities)),
            Interval(at, "difference", "ci_low", "ci_high", (row.Difference, row.CiLow, row.CiHigh), Difference),
            Number($"{at}.standard_error", Rate(row.StandardError)), Number($"{at}.smallest_shown", Rate(row.SmallestShown)),
            Number($"{at}.p", P(row.P)), Number($"{at}.p_holm", P(row.PHolm)),
            Interval(at, "trend", "trend_ci_low", "trend_ci_high", (row.Trend, row.TrendCiLow, row.TrendCiHigh), Difference),
            Number($"{at}.trend_p", P(row.TrendP)), Escape(Words(row.Answer)),
        ], row => page.Results.Headline.IsDrawn(row.Condition))
        + Note("Above 0: more shots make it harder. \"Could have shown\" is the difference that 80 % of experiments like this would find. "
            + $"Nothing matters only where the whole interval lies within ±{Prose(page.Results.Contrasts[0].Margin)}; Holm over the "
            + "contrasts that the first sentence is about. The trend is over all T, each person's slope one number.");

    private static string Words(ContrastAnswer verdict) => verdict switch
    {
        ContrastAnswer.Above => "harder",
        ContrastAnswer.Below => "easier",
        ContrastAnswer.Equivalent => "does not matter",
        _ => "cannot tell",
    };
}
