using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>Stated probability against what happened, in 15 equal-mass bins.</summary>
internal sealed class ReliabilityFigure : Figure
{
    public override string Kind => "reliability";

    public override int Width => 520;

    public override int Height => 520;

    public override string Title(FigureTable table) => $"Reliability, condition {table.Text(0, "condition")}";

    public override string Caption(FigureTable table) =>
        $"Mean stated probability of \"generated\" against the observed share, 15 equal-mass bins ({FigureCounts.Of(table)}; items per bin in the CSV). On the diagonal the detector says what it knows.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        var diagonal = plot.Add.Line(0, 0, 1, 1);
        diagonal.LineColor = FigureStyle.Muted;
        diagonal.LinePattern = LinePattern.Dotted;
        diagonal.LineWidth = 1.5f;
        diagonal.MarkerSize = 0;
        foreach (var (name, index) in FigureStyle.Order(rows.Select(row => table.Text(row, "series"))))
        {
            var own = rows.Where(row => table.Text(row, "series") == name).ToArray();
            var line = plot.Add.Scatter(
                own.Select(row => table.Number(row, "mean_probability")!.Value).ToArray(), own.Select(row => table.Number(row, "observed_rate")!.Value).ToArray(), FigureStyle.Colour(index));
            line.LineWidth = 1.8f;
            line.LinePattern = FigureStyle.Dash(index);
            line.MarkerShape = FigureStyle.Marker(index);
            line.MarkerSize = 9;
            line.LegendText = FigureStyle.ModeName(name);
        }

        FigureStyle.Label(plot, 0.62, 0.6, "perfectly calibrated", FigureStyle.Muted, Alignment.UpperLeft, 15);
        FigureStyle.Unit(plot.Axes.Bottom);
        FigureStyle.Unit(plot.Axes.Left);
        plot.Axes.SetLimits(-0.02, 1.02, -0.02, 1.02);
        plot.XLabel("stated probability of \"generated\"");
        plot.YLabel("observed share generated");
        plot.Title(FigureCounts.Of(table));
        plot.ShowLegend(Alignment.UpperLeft);
    }
}
