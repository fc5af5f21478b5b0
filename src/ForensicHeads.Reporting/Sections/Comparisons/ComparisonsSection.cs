using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Results.NumberText;

namespace ForensicHeads.Reporting.Sections.Comparisons;

/// <summary>Paired differences of what the detectors reach.</summary>
internal sealed class ComparisonsSection : IReportSection
{
    public string Title => "Comparisons";

    public IReadOnlyList<Figure> Figures { get; } =
    [
        new DotFigure("differences", "Paired differences",
            "First minus second on the same people, drivers and frames: above 0, the first is the easier one to tell from real. "
            + "An interval that holds 0 does not show a difference.", 560, _ => Sides.Of("first")),
    ];

    /// <summary>Whether a quantity is the detector's, and not the frames' quality.</summary>
    internal static bool OfDetector(string quantity) => quantity is "auc" or AccuracyComparisons.Quantity;

    // Between shot counts, between modes, and of each anchor with its mode, in the headline's arm; other attackers and arms stand in the
    // tables.
    public IEnumerable<FigureTable> Tables(ExperimentResults results)
    {
        var headline = results.Headline;
        var rows = results.Comparisons
            .Where(row => row.Quantity == "auc" && row.Condition == headline.Condition && row.Level == headline.Level)
            .Select(row => (Row: row, Series: SeriesOf(row, headline.Arm))).Where(row => row.Series is not null).ToArray();
        var cells = rows.Select(item => new object?[]
        {
            $"{Plain(item.Row.First, headline.Arm)} − {Plain(item.Row.Second, headline.Arm)}", item.Series, item.Row.Difference,
            item.Row.CiLow, item.Row.CiHigh, item.Row.Condition, item.Row.Level, "", item.Row.NIdentities, item.Row.PHolm,
        });
        return rows.Length == 0 ? []
            : [FigureTable.Of($"differences.{FigureTable.Slug(headline.Condition)}", [.. DotFigure.Columns, "p_holm"], cells)];
    }

    public IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level)
    {
        IEnumerable<ComparisonRow> Rows(string quantity) => results.Comparisons.Where(
            row => row.Quantity == quantity && row.Condition == condition && row.Level == level);
        return
        [
            new("differences",
                $"Paired differences of AUC, condition {condition}, {level.Text()} level: jackknife over people; p by the exact "
                + "sign-flip test over people, after Holm.",
                ["first", "second", "n", "difference", "p (Holm)"],
                [.. Rows("auc").Select(row => (IReadOnlyList<string>)[row.First, row.Second, Count(row.NIdentities),
                    Interval(row.Difference, row.CiLow, row.CiHigh, Difference), P(row.PHolm)])]),
            new("accuracy-differences", $"Paired differences of accuracy, ½ (TPR + TNR), condition {condition}, {level.Text()} level: "
                + "jackknife over people; p after Holm by the exact sign-flip test over people and by the clustered McNemar test "
                + "(Obuchowski 1998).",
                ["first", "second", "n", "pairs", "difference", "p (Holm)", "χ² (McNemar)", "p (McNemar, Holm)"],
                [.. Rows(AccuracyComparisons.Quantity).Select(row => (IReadOnlyList<string>)
                [
                    row.First, row.Second, Count(row.NIdentities), Count(row.NPairs),
                    Interval(row.Difference, row.CiLow, row.CiHigh, Difference), P(row.PHolm),
                    Prose(row.Mcnemar), P(row.PMcnemarHolm),
                ])]),
        ];
    }

    public string Html(SectionPage page)
    {
        var paired = page.Results.Comparisons.Any(row => row.NPairs is not null);
        var tables = Html(page.Results, OfDetector,
            "Paired on the people who have both, and on their real items. Holm over the comparisons of ff and ft (of all arms) at one "
            + "condition and level, by itself over those with another attacker, and by itself over those between detectors; an "
            + "anchor and its mode stand alone (t0 is expected to be easier to tell than ff, t_all harder than ft)."
            + (paired ? " Accuracy: each decision is paired with the one on the head that the same frame drove (on the same item, "
                + "between detectors), true frames are the same on both sides and both classes weigh the same; pairs that one side alone "
                + "has right are counted at the end of the row. McNemar: Obuchowski's form for people as clusters, χ² with one degree "
                + "of freedom, an approximation for many people: "
                + "with few, the exact sign-flip test beside it decides." : ""));
        return page.Pictures + (tables.Length == 0 ? Note("Nothing was compared.") : tables);
    }

    /// <summary>A table for each quantity: differences of unlike things do not belong under one header.</summary>
    internal static string Html(ExperimentResults results, Func<string, bool> chosen, string note)
    {
        var headline = results.Headline;
        var tables = results.Comparisons.Select((row, i) => (Row: row, At: FormattableString.Invariant($"comparisons[{i}]")))
            .Where(item => chosen(item.Row.Quantity)).GroupBy(item => item.Row.Quantity).Select(group =>
            {
                bool Any(Func<ComparisonRow, object?> value) => group.Any(item => value(item.Row) is not null);
                (string Header, Func<ComparisonRow, string, string> Cell)[] columns =
                [
                    ("condition", (row, _) => Escape(row.Condition)),
                    ("level", (row, _) => Escape(row.Level.Text())),
                    ("first", (row, _) => Escape(row.First)),
                    ("second", (row, _) => Escape(row.Second)),
                    ("people", (row, at) => Number($"{at}.n_identities", Count(row.NIdentities))),
                    ($"{Name(group.Key)} difference [95 %]", (row, at) =>
                        Interval(at, "difference", "ci_low", "ci_high", (row.Difference, row.CiLow, row.CiHigh), FineDifference)),
                    .. Any(row => row.Ratio) ? Ratio : [],
                    ("p (sign-flip)", (row, at) => Number($"{at}.p", P(row.P))),
                    .. Any(row => row.PHolm) ? Adjusted : [],
                    .. Any(row => row.NPairs) ? Decisions : [],
                ];
                bool Open(ComparisonRow row) =>
                    !OfDetector(group.Key) || (row.Condition == headline.Condition && row.Level == headline.Level);
                return Folded(
                    [.. columns.Select(column => column.Header)],
                    group.Select(item => (Open(item.Row), columns.Select(column => column.Cell(item.Row, item.At)))));
            });
        return string.Concat(tables) is { Length: > 0 } all ? all + Note(note) : "";
    }

    private static readonly (string Header, Func<ComparisonRow, string, string> Cell)[] Ratio =
    [
        ("ratio [95 %]", (row, at) =>
            Interval(at, "ratio", "ratio_ci_low", "ratio_ci_high", (row.Ratio, row.RatioCiLow, row.RatioCiHigh), Rate)),
    ];

    private static readonly (string Header, Func<ComparisonRow, string, string> Cell)[] Adjusted =
        [("p (Holm)", (row, at) => Number($"{at}.p_holm", P(row.PHolm)))];

    private static readonly (string Header, Func<ComparisonRow, string, string> Cell)[] Decisions =
    [
        ("χ² (McNemar)", (row, at) => Number($"{at}.mcnemar", Prose(row.Mcnemar))),
        ("p (McNemar)", (row, at) => Number($"{at}.p_mcnemar", P(row.PMcnemar))),
        ("p (McNemar, Holm)", (row, at) => Number($"{at}.p_mcnemar_holm", P(row.PMcnemarHolm))),
        ("pairs", (row, at) => Number($"{at}.n_pairs", Count(row.NPairs))),
        ("first alone", (row, at) => Number($"{at}.first_only", Count(row.FirstOnly))),
        ("second alone", (row, at) => Number($"{at}.second_only", Count(row.SecondOnly))),
    ];

    internal static string Name(string quantity) => quantity switch
    {
        "auc" => "AUC",
        "ssim" => "SSIM",
        "psnr" => "PSNR",
        "nme" => "NME",
        "nme_redetected" => "NME, re-detected",
        "kid" => "KID",
        "fid" => "Fréchet distance",
        "identity_similarity" => "identity similarity",
        _ => Escape(quantity),
    };

    private static string? SeriesOf(ComparisonRow row, Arm? arm)
    {
        string[] sides = [Plain(row.First, arm), Plain(row.Second, arm)];
        // What still carries an arm belongs to another one.
        if (sides.Any(side => side.EndsWith(')'))) return null;
        var modes = sides.Select(side => side.Split(' ')[0]).ToArray();
        if (modes[0] == Generators.The<NobodysHead>().Name || modes[1] == Generators.The<HeadOfEverything>().Name) return "anchors";
        return !modes.All(mode => OriginText.ModeOf(mode) is not null) ? null : modes[0] == modes[1] ? $"shot counts, {modes[0]}"
            : $"{Method.Ff} against {Method.Ft}";
    }

    private static string Plain(string name, Arm? arm) =>
        arm is not null ? name.Replace($" ({arm.Text()})", "", StringComparison.Ordinal) : name;
}

/// <summary>A paired difference of one quantity on the people who have both sides of it.</summary>
public sealed record ComparisonRow
{
    /// <summary>First of the two: <c>ft 1</c>, <c>t0</c> …</summary>
    public required string First { get; init; }

    /// <summary>Second of the two.</summary>
    public required string Second { get; init; }

    /// <summary>The condition.</summary>
    public required string Condition { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>What is compared: <c>auc</c> or <c>accuracy</c> of the detector, or a quality of the frames such as <c>ssim</c>.</summary>
    public string Quantity { get; init; } = "auc";

    /// <summary>First minus second.</summary>
    public double? Difference { get; init; }

    /// <summary>Lower 95 % limit.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Mean of the first over mean of the second, where a ratio says more than a difference (<c>nme</c>); else null.</summary>
    public double? Ratio { get; init; }

    /// <summary>Lower 95 % limit of the ratio.</summary>
    public double? RatioCiLow { get; init; }

    /// <summary>Upper 95 % limit of the ratio.</summary>
    public double? RatioCiHigh { get; init; }

    /// <summary>Exact sign-flip test over people, two-sided.</summary>
    public double? P { get; init; }

    /// <summary>The same after Holm over the row's family; null for an anchor and its mode, and where no family was
    /// adjusted.</summary>
    public double? PHolm { get; init; }

    /// <summary>Test people who have both.</summary>
    public int NIdentities { get; init; }

    /// <summary>Of accuracy: decisions on either class that were paired; else null.</summary>
    public int? NPairs { get; init; }

    /// <summary>Of accuracy: pairs that the first alone has right.</summary>
    public int? FirstOnly { get; init; }

    /// <summary>Of accuracy: pairs that the second alone has right.</summary>
    public int? SecondOnly { get; init; }

    /// <summary>Of accuracy: χ² of the clustered McNemar test (Obuchowski 1998), one degree of freedom.</summary>
    public double? Mcnemar { get; init; }

    /// <summary>Its p, an approximation for many people.</summary>
    public double? PMcnemar { get; init; }

    /// <summary>The same after Holm over the row's family.</summary>
    public double? PMcnemarHolm { get; init; }
}
