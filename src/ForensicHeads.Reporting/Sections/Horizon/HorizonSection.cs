using System.Text.Json.Serialization;
using ForensicHeads.Detector.Conditions;
using ScottPlot;
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

/// <summary>The detection horizon: the H.264 rate factor at which heads of T shots are told from real frames with AUC .75 alone.</summary>
public sealed record HorizonRow
{
    /// <summary>The area that counts as detection.</summary>
    public const double Area = 0.75;

    /// <summary>The detector.</summary>
    public required string Detector { get; init; }

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>The arm of fine-tuning; null for feed-forward heads.</summary>
    [JsonConverter(typeof(ArmJson))]
    public Arm? Arm { get; init; }

    /// <summary><c>frame</c> or <c>video</c>.</summary>
    public required Level Level { get; init; }

    /// <summary>T.</summary>
    public required int Shots { get; init; }

    /// <summary>The rate factor, interpolated between those that were tried; null where the area does not fall to .75 among
    /// them.</summary>
    public double? Crf { get; init; }

    /// <summary>Lower 95 % limit, jackknife over people.</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Test people.</summary>
    public int NIdentities { get; init; }

    /// <summary>Why there is no horizon, or no interval; null where there are both.</summary>
    public string? Warning { get; init; }

    /// <summary>The rate factor of a condition that compresses video; null for others.</summary>
    public static int? CrfOf(string condition) =>
        FrameConditions.All.All.OfType<H264Condition>().FirstOrDefault(one => one.Name == condition)?.Crf;

    /// <summary>The horizon of each detector, mode, arm and T at one level; nothing where fewer than two rate factors were tried.</summary>
    /// <param name="items">Test people, scored by every detector.</param>
    /// <param name="level">The headline's.</param>
    public static IReadOnlyList<HorizonRow> Of(IReadOnlyList<ScoredItem> items, Level level)
    {
        var coded = items.Where(item => item.Level == level).GroupBy(item => (item.Detector, item.Condition))
            .Select(part => (part.Key.Detector, Crf: CrfOf(part.Key.Condition), Items: part.ToArray()))
            .Where(part => part.Crf is not null).ToLookup(part => part.Detector, StringComparer.Ordinal);
        return
        [
            .. from detector in coded
               where detector.Count() > 1
               from heads in detector.SelectMany(part => part.Items).Where(item => item is { Shots: not null, Mode.IsHead: true })
                   .GroupBy(item => (Mode: item.Mode!.Value, item.Arm, Shots: item.Shots!.Value))
               orderby detector.Key, heads.Key.Mode, heads.Key.Arm, heads.Key.Shots
               select Row(detector.Key, level, heads.Key, detector.OrderBy(part => part.Crf).Select(part => ((double)part.Crf!,
                   (IReadOnlyList<ClusteredScore>)[.. part.Items.Where(item => !item.Generated
                       || (item.Mode, item.Arm, item.Shots) == (heads.Key.Mode, heads.Key.Arm, heads.Key.Shots))
                       .Select(item => item.Clustered)]))),
        ];
    }

    private static HorizonRow Row(string detector, Level level, (Method Mode, Arm? Arm, int Shots) heads,
        IEnumerable<(double, IReadOnlyList<ClusteredScore>)> steps)
    {
        var crossing = AreaCrossing.Of([.. steps], Area);
        return new HorizonRow
        {
            Detector = detector,
            Mode = heads.Mode,
            Arm = heads.Arm,
            Level = level,
            Shots = heads.Shots,
            Crf = crossing.Value,
            CiLow = crossing.Low,
            CiHigh = crossing.High,
            NIdentities = crossing.Identities,
            Warning = crossing.Warning,
        };
    }
}

/// <summary>AUC against compression, a line for each number of shots.</summary>
internal sealed class HorizonFigure : Figure
{
    private const double Bottom = -0.03;
    private const double Top = 1.03;

    public override string Kind => "compression";

    public override string Title(FigureTable table) => $"AUC against compression, detector {table.Variant}, {table.Text(0, "level")} level";

    public override string Caption(FigureTable table) =>
        $"Fine-tuned heads of T shots against the same real items, both through H.264. Bars: 95 % intervals over people "
            + $"({FigureCounts.Of(table)}). Dotted: chance, and the horizon, an AUC of {NumberText.Prose(HorizonRow.Area)}.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).Where(row => table.Number(row, "auc") is not null).ToArray();
        double[] crfs = [.. rows.Select(row => table.Number(row, "crf")!.Value).Distinct().Order()];
        double[] shots = [.. rows.Select(row => table.Number(row, "shots")!.Value).Distinct().Order()];
        // Words about the lines stand left of all points, names of the curves right of them.
        var span = Math.Max(1, crfs[^1] - crfs[0]);
        var (left, right) = (crfs[0] - (0.26 * span), crfs[^1] + (0.24 * span));
        FigureStyle.Chance(plot, left, right, left + (0.11 * span));
        FigureStyle.Reference(plot, left, HorizonRow.Area, right, HorizonRow.Area);
        FigureStyle.Label(plot, left + (0.11 * span), HorizonRow.Area, "horizon", FigureStyle.Muted, Alignment.LowerCenter, 15);
        var ends = new List<SeriesEnd>();
        for (var s = 0; s < shots.Length; s++)
        {
            var shift = (s - ((shots.Length - 1) / 2.0)) * 0.016 * span;
            var own = rows.Where(row => table.Number(row, "shots") == shots[s]).OrderBy(row => table.Number(row, "crf")).ToArray();
            double[] xs = [.. own.Select(row => table.Number(row, "crf")!.Value + shift)];
            double[] ys = [.. own.Select(row => table.Number(row, "auc")!.Value)];
            FigureStyle.Series(plot, xs, ys, s, s, markers: true);
            for (var i = 0; i < own.Length; i++) FigureStyle.Interval(plot, xs[i], table.Number(own[i], "ci_low"),
                table.Number(own[i], "ci_high"), FigureStyle.Colour(s));
            ends.Add(new SeriesEnd(ys[^1], FormattableString.Invariant($"T = {shots[s]}"), s));
        }

        FigureStyle.Ticks(plot.Axes.Bottom, crfs.Select(crf => (crf, FormattableString.Invariant($"{crf}"))));
        FigureStyle.Unit(plot.Axes.Left);
        plot.Axes.SetLimits(left, right, Bottom, Top);
        plot.XLabel("H.264 rate factor (CRF): higher is more compression");
        plot.YLabel("AUC");
        plot.Title(FigureCounts.Of(table) + " per point");
        SeriesEnd.Draw(plot, ends, crfs[^1] + (0.075 * span), 0.065, Bottom, Top);
    }
}
