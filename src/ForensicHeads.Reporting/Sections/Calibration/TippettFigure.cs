using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Calibration;

/// <summary>Tippett plot: for each class and shot count the share of items whose log-likelihood ratio exceeds a value.</summary>
internal sealed class TippettFigure : Figure
{
    public override string Kind => "tippett";

    public override string Title(FigureTable table) => $"Tippett plot, condition {table.Text(0, "condition")}";

    public override string Caption(FigureTable table) =>
        $"Share of {table.Text(0, "level")}s whose stated log10 likelihood ratio exceeds the value below ({FigureCounts.Of(table)}). "
            + "Real ones right of 0 and generated ones left of it mislead. "
        + "The calibration people set bounds to the ratios; the lines end there.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        string[] series = [.. rows.Select(row => table.Text(row, "series")).Distinct(StringComparer.Ordinal)];
        var llrs = rows.Select(row => table.Number(row, "llr")!.Value).ToArray();
        var (low, high) = (Math.Min(llrs.Min(), -0.25), Math.Max(llrs.Max(), 0.25));
        var margin = 0.08 * (high - low);
        FigureStyle.Reference(plot, 0, 0, 0, 1);
        for (var s = 0; s < series.Length; s++)
        {
            var real = series[s] == Datasets.Store.Label.Real.Text();
            var steps = Steps([.. rows.Where(row => table.Text(row, "series") == series[s])
                .Select(row => (table.Number(row, "llr")!.Value, table.Number(row, "share_above")!.Value))], low - margin, high + margin);
            FigureStyle.Series(plot, [.. steps.Select(step => step.X)], [.. steps.Select(step => step.Y)], real ? 0 : 1, real ? 0 : s - 1,
                markers: false, width: real ? 3.2f : 2.2f, legend: series[s]);
        }

        FigureStyle.Unit(plot.Axes.Left);
        plot.Axes.SetLimits(low - margin, high + margin, -0.02, 1.03);
        plot.XLabel("log10 likelihood ratio (positive: generated)");
        plot.YLabel("share above");
        plot.Title(FigureCounts.Of(table));
        plot.ShowLegend(Clear(llrs.Select(llr => (llr - low + margin) / (high - low + (2 * margin)))));
    }

    // The lower place over which the fewest lines fall: the names take about a quarter of the width.
    private static Alignment Clear(IEnumerable<double> places) =>
        new[] { (Alignment.LowerLeft, 0.0), (Alignment.LowerCenter, 0.37), (Alignment.LowerRight, 0.74) }
        .MinBy(place => places.Count(x => x >= place.Item2 && x <= place.Item2 + 0.26)).Item1;

    // The share falls at each value and is level between them.
    private static List<(double X, double Y)> Steps((double Llr, double Share)[] points, double left, double right)
    {
        var steps = new List<(double, double)> { (left, 1) };
        var before = 1.0;
        foreach (var (llr, share) in points)
        {
            steps.Add((llr, before));
            steps.Add((llr, share));
            before = share;
        }

        steps.Add((right, before));
        return steps;
    }
}
