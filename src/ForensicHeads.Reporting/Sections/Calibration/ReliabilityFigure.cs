using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Calibration;

/// <summary>Stated probability against what happened, in 15 bins of equal mass, the classes weighing the same.</summary>
internal sealed class ReliabilityFigure : Figure
{
    public override string Kind => "reliability";

    public override int Width => 520;

    public override int Height => 520;

    public override string Title(FigureTable table) => $"Reliability, condition {table.Text(0, "condition")}";

    public override string Caption(FigureTable table) =>
        "Mean stated probability of \"generated\" at even odds against the observed share, each class weighing one half, 15 equal-mass "
            + $"bins ({table.Text(0, "level")} level, {FigureCounts.Of(table)}; items per bin in the CSV). On the diagonal the detector "
            + "says what it knows.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        FigureStyle.Reference(plot, 0, 0, 1, 1);
        foreach (var (name, index) in FigureStyle.Order(rows.Select(row => table.Text(row, "series"))))
        {
            var own = rows.Where(row => table.Text(row, "series") == name).ToArray();
            FigureStyle.Series(
                plot, [.. own.Select(row => table.Number(row, "mean_probability")!.Value)],
                    [.. own.Select(row => table.Number(row, "observed_rate")!.Value)],
                index, index, markers: true, width: 1.8f, legend: FigureStyle.ModeName(name));
        }

        FigureStyle.Label(plot, 0.36, 0.34, "perfectly calibrated", FigureStyle.Muted, Alignment.UpperLeft, 15);
        FigureStyle.Unit(plot.Axes.Bottom);
        FigureStyle.Unit(plot.Axes.Left);
        plot.Axes.SetLimits(-0.02, 1.02, -0.02, 1.02);
        plot.XLabel("stated probability of \"generated\"");
        plot.YLabel("observed share generated");
        plot.Title(FigureCounts.Of(table));
        plot.ShowLegend(Alignment.LowerRight);
    }
}
