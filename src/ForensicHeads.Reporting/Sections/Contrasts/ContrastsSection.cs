using System.Text.Json.Serialization;
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

/// <summary>What more shots do to a detector: AUC at the fewest shots minus AUC at the most, on the same people and the same real
/// items.</summary>
public sealed record ContrastRow
{
    /// <summary>The detector.</summary>
    public required string Detector { get; init; }

    /// <summary>The mode; each has a contrast of its own.</summary>
    public required Method Mode { get; init; }

    /// <summary>The arm of fine-tuning; null for feed-forward heads.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary>The condition.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>Whether it was written down before anything was scored: fine-tuned heads of the headline's arm and condition, for a
    /// headline's detector.</summary>
    public bool Primary { get; init; }

    /// <summary>The fewest shots.</summary>
    public required int FewestShots { get; init; }

    /// <summary>The most shots.</summary>
    public required int MostShots { get; init; }

    /// <summary>Δ: above 0 where more shots make it harder.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % limit, paired over people.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Standard error of Δ.</summary>
    public double? StandardError { get; init; }

    /// <summary>The smallest difference that would have been found in 80 % of experiments like this: 2.8 standard errors with many people,
    /// more with few (<see cref="Contrast.EightyPercentPower"/>).</summary>
    public double? SmallestShown { get; init; }

    /// <summary>Differences within ± this count as none.</summary>
    public double Margin { get; init; }

    /// <summary>What the interval says.</summary>
    public ContrastAnswer Answer { get; init; } = ContrastAnswer.Unknown;

    /// <summary>Exact sign-flip test over people, two-sided.</summary>
    public double? P { get; init; }

    /// <summary>The same after Holm over the primary rows; null elsewhere.</summary>
    public double? PHolm { get; init; }

    /// <summary>Mean over people of AUC's slope a doubling of T, over all T.</summary>
    public double? Trend { get; init; }

    /// <summary>Lower 95 % limit, t over people.</summary>
    public double? TrendCiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? TrendCiHigh { get; init; }

    /// <summary>Exact sign-flip test of the people's slopes.</summary>
    public double? TrendP { get; init; }

    /// <summary>Test people who have heads of both shot counts.</summary>
    public int NIdentities { get; init; }

    /// <summary>The contrasts of every detector, mode, arm and condition at one level.</summary>
    /// <param name="items">Test people, scored by every detector.</param>
    /// <param name="level">The headline's.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="arm">The headline's.</param>
    /// <param name="margin">Differences within ± this count as none.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static IReadOnlyList<ContrastRow> Of(IReadOnlyList<ScoredItem> items, Level level, string condition, Arm? arm, double margin,
        long seed)
    {
        ContrastRow[] rows =
        [
            .. from detector in items.Where(item => item.Level == level).GroupBy(item => (item.Detector, item.Condition))
               orderby detector.Key.Condition == condition descending, detector.Key.Condition, detector.Key.Detector
               from mode in detector.Where(item => item is { Generated: true, Shots: not null, Mode.IsHead: true })
                   .GroupBy(item => (Mode: item.Mode!.Value, item.Arm)).OrderBy(cell => cell.Key.Mode).ThenBy(cell => cell.Key.Arm)
               where mode.Select(item => item.Shots).Distinct().Count() > 1
               select Row([.. detector.Where(item => !item.Generated)], [.. mode], margin, seed) with
               {
                   Primary = mode.Key.Mode == Method.Ft && mode.Key.Arm == arm && detector.Key.Condition == condition
                       && Detectors.All.Find(detector.Key.Detector) is { HasHeadline: true },
               },
        ];
        var own = Enumerable.Range(0, rows.Length).Where(i => rows[i].Primary).ToArray();
        foreach (var (i, p) in own.Zip(Holm.Adjust([.. own.Select(i => rows[i].P)]))) rows[i] = rows[i] with { PHolm = p };
        return rows;
    }

    private static ContrastRow Row(ScoredItem[] real, ScoredItem[] heads, double margin, long seed)
    {
        int[] counts = [.. heads.Select(item => item.Shots!.Value).Distinct().Order()];
        // Whoever lacks an end would move one side alone.
        var people = new[] { counts[0], counts[^1] }.Select(count => heads.Where(item => item.Shots == count).Select(item => item.Identity))
            .Aggregate((first, last) => first.Intersect(last, StringComparer.Ordinal)).ToHashSet(StringComparer.Ordinal);
        ClusteredScore[] Own(IEnumerable<ScoredItem> all) =>
            [.. all.Where(item => people.Contains(item.Identity)).Select(item => item.Clustered)];
        ClusteredScore[] At(int count) => Own(heads.Where(item => item.Shots == count));
        var truth = Own(real);
        var paired = ClusteredAuc.Difference([.. truth, .. At(counts[0])], [.. truth, .. At(counts[^1])], seed);
        var trend = Contrast.Trend(truth, [.. counts.Select(count => ((double)count, (IReadOnlyList<ClusteredScore>)At(count)))], seed);
        var one = heads[0];
        return new ContrastRow
        {
            Detector = one.Detector,
            Mode = one.Mode!.Value,
            Arm = one.Arm,
            Condition = one.Condition,
            Level = one.Level,
            FewestShots = counts[0],
            MostShots = counts[^1],
            Difference = paired.Difference.Value,
            CiLow = paired.Difference.Low,
            CiHigh = paired.Difference.High,
            StandardError = paired.StandardError,
            SmallestShown = paired.StandardError is { } error ? Contrast.EightyPercentPower(paired.Difference.Identities) * error : null,
            Margin = margin,
            Answer = Contrast.Of(paired.Difference, margin),
            P = paired.P,
            Trend = trend.Difference.Value,
            TrendCiLow = trend.Difference.Low,
            TrendCiHigh = trend.Difference.High,
            TrendP = trend.P,
            NIdentities = people.Count,
        };
    }
}
