using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Horizon;

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
