using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Calibration;

/// <summary>Empirical cross-entropy against the prior: likelihood ratios as stated, after the best recalibration, and saying
/// nothing.</summary>
internal sealed class CrossEntropyFigure : Figure
{
    /// <summary>The ratios as stated.</summary>
    internal const string Stated = "as stated";

    /// <summary>The same after pooling adjacent violators.</summary>
    internal const string Recalibrated = "recalibrated (PAV)";

    /// <summary>Ratios that are all 1.</summary>
    internal const string Uninformed = "LR = 1";

    // Above this a line only says that the ratios do harm.
    private const double Most = 1.6;

    private static readonly string[] Lines = [Stated, Recalibrated];

    public override string Kind => "cross-entropy";

    public override string Title(FigureTable table) =>
        $"Empirical cross-entropy of {FigureStyle.ModeName(table.Text(0, "mode"))}, condition {table.Text(0, "condition")}";

    public override string Caption(FigureTable table) =>
        $"Bits still missing to know the class of a {table.Text(0, "level")}, by the prior odds of generated against real "
            + $"({FigureCounts.Of(table)}, all shot counts together). At even odds it is Cllr (dotted upright). Under the grey line of "
            + "LR = 1, "
        + "which says nothing, the ratios help; above it they do harm. What lies between the lines is lost by calibration, what lies "
        + "under the lower one by the scores.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        (double Odds, double Bits)[] Line(string series) =>
            [.. rows.Where(row => table.Text(row, "series") == series)
            .Select(row => (table.Number(row, "prior_log10_odds")!.Value, table.Number(row, "cross_entropy")!.Value))];
        var top = Math.Clamp(rows.Max(row => table.Number(row, "cross_entropy")!.Value) + 0.06, 1.08, Most);
        var (left, right) =
            (rows.Min(row => table.Number(row, "prior_log10_odds")!.Value), rows.Max(row => table.Number(row, "prior_log10_odds")!.Value));
        FigureStyle.Reference(plot, 0, 0, 0, top);
        var nothing = Line(Uninformed);
        plot.PlottableList.Add(new DashedLine([.. nothing.Select(point => new Coordinates(point.Odds, point.Bits))], FigureStyle.Muted, 2f,
            LinePattern.DenselyDashed)
        { Legend = Uninformed });
        for (var s = 0; s < Lines.Length; s++)
        {
            var line = Line(Lines[s]);
            FigureStyle.Series(plot, [.. line.Select(point => point.Odds)], [.. line.Select(point => point.Bits)], s, s == 0 ? 0 : 2,
                markers: false, width: s == 0 ? 3f : 2.5f, legend: Lines[s]);
        }

        var even = Lines.Select(series => Line(series).MinBy(point => Math.Abs(point.Odds)).Bits).ToArray();
        FigureStyle.Ticks(plot.Axes.Left,
            Enumerable.Range(0, 9).Select(i => i / 5.0).Where(y => y <= top).Select(y => (y, FormattableString.Invariant($"{y:0.0}"))));
        var whole = (int)Math.Floor(right);
        FigureStyle.Ticks(plot.Axes.Bottom,
            Enumerable.Range(-whole, (2 * whole) + 1).Select(x => ((double)x, FormattableString.Invariant($"{x}").Replace('-', '−'))));
        plot.Axes.SetLimits(left, right, 0, top);
        plot.XLabel("prior log10 odds, generated : real");
        plot.YLabel("cross-entropy (bits)");
        plot.Title($"Cllr {NumberText.Prose(even[0])} · Cllr_min {NumberText.Prose(even[1])} · {FigureCounts.Of(table)}");
        plot.ShowLegend(Alignment.UpperRight);
    }
}
