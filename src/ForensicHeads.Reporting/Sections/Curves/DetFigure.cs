using MathNet.Numerics.Distributions;
using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Curves;

/// <summary>Detection error trade-off (Martin et al. 1997): misses against false alarms on normal deviates, so that Gaussian scores give
/// straight lines.</summary>
internal sealed class DetFigure : Figure
{
    private static readonly double[] Shares = [0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99];

    public override string Kind => "det";

    public override int Width => 520;

    public override int Height => 520;

    public override string Title(FigureTable table) => $"Detection error trade-off, condition {table.Text(0, "condition")}";

    public override string Caption(FigureTable table) =>
        "Misses (generated called real) against false alarms (real called generated) as the threshold moves, on normal deviates "
            + $"({FigureCounts.Of(table)}). Lower left is better. Colour: mode; dash: shots. "
        + "Dotted: equal errors; where a line crosses it lies its EER. Rates finer than half an item are not drawn.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var low = Deviate(Shares[0]) - 0.15;
        var high = Deviate(Shares[^1]);
        FigureStyle.Reference(plot, low, low, high, high);
        FigureStyle.ShotLines(plot, table, row => IsShown(table, row), row => Deviate(table.Number(row, "false_positive_rate")!.Value),
            row => Deviate(table.Number(row, "false_negative_rate")!.Value));
        var ticks = Shares.Select(share => (Deviate(share), FormattableString.Invariant($"{100 * share:0.#}"))).ToArray();
        FigureStyle.Ticks(plot.Axes.Bottom, ticks);
        FigureStyle.Ticks(plot.Axes.Left, ticks);
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Axes.SetLimits(low, high, low, high);
        FigureStyle.Label(plot, low + 0.25, low + 0.2, "equal errors", FigureStyle.Muted, Alignment.LowerLeft, 15);
        plot.XLabel("false alarms (%)");
        plot.YLabel("misses (%)");
        plot.Title(FigureCounts.Of(table));
        plot.ShowLegend(Alignment.UpperRight);
    }

    // No item lies beyond 0 and 1, where the deviate would be infinite.
    private static bool IsShown(FigureTable table, int row) =>
        table.Number(row, "false_positive_rate") is > 0 and < 1 && table.Number(row, "false_negative_rate") is > 0 and < 1;

    private static double Deviate(double share) => Normal.InvCDF(0, 1, share);
}
