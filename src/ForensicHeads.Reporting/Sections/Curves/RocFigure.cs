using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Curves;

/// <summary>ROC curves: colour is the mode, dash the shot count.</summary>
internal sealed class RocFigure : Figure
{
    public override string Kind => "roc";

    public override int Width => 520;

    public override int Height => 520;

    public override string Title(FigureTable table) => $"ROC curves, condition {table.Text(0, "condition")}";

    public override string Caption(FigureTable table) =>
        $"Every shot count against the same real items ({FigureCounts.Of(table)}). Colour: mode; dash: shots. Dotted: chance. Intervals "
        + "of the areas stand in the tables.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        FigureStyle.Reference(plot, 0, 0, 1, 1);
        FigureStyle.ShotLines(plot, table, _ => true, row => table.Number(row, "false_positive_rate")!.Value,
            row => table.Number(row, "true_positive_rate")!.Value);
        FigureStyle.Label(plot, 0.2, 0.2, "chance", FigureStyle.Muted, Alignment.UpperLeft, 15);
        FigureStyle.Unit(plot.Axes.Bottom);
        FigureStyle.Unit(plot.Axes.Left);
        plot.Axes.SetLimits(-0.015, 1.015, -0.015, 1.015);
        plot.XLabel("false positive rate");
        plot.YLabel("true positive rate");
        plot.Title(FigureCounts.Of(table));
        plot.ShowLegend(Alignment.LowerRight);
    }
}
