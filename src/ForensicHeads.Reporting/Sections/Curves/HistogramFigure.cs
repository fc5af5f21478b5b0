using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Curves;

/// <summary>Score histograms, one row a class or shot count, all on one score axis.</summary>
internal sealed class HistogramFigure : Figure
{
    public override string Kind => "score-histogram";

    public override string Title(FigureTable table) => $"Scores per class, condition {table.Text(0, "condition")}";

    public override string Caption(FigureTable table) =>
        $"Share of items per score bin, each row scaled to the same height. {FigureCounts.Of(table)}; items per row in the CSV. Higher "
            + "scores mean more likely generated.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        var series = rows.Select(row => table.Text(row, "series")).Distinct().ToArray();
        for (var s = 0; s < series.Length; s++)
        {
            var own = rows.Where(row => table.Text(row, "series") == series[s]).ToArray();
            var tallest = own.Max(row => table.Number(row, "share")!.Value);
            double floor = series.Length - 1 - s;
            var outline = new List<Coordinates> { new(table.Number(own[0], "bin_low")!.Value, floor) };
            foreach (var row in own)
            {
                var top = floor + (0.86 * table.Number(row, "share")!.Value / tallest);
                outline.Add(new Coordinates(table.Number(row, "bin_low")!.Value, top));
                outline.Add(new Coordinates(table.Number(row, "bin_high")!.Value, top));
            }

            outline.Add(new Coordinates(table.Number(own[^1], "bin_high")!.Value, floor));
            var isReal = series[s] == Datasets.Store.Label.Real.Text();
            var colour = FigureStyle.Colour(isReal ? 0 : 1);
            var shape = plot.Add.Polygon([.. outline]);
            shape.FillColor = colour.WithAlpha(isReal ? 0.55 : 0.30);
            shape.LineColor = colour;
            shape.LineWidth = 1.8f;
            shape.LinePattern = LinePattern.Solid;
        }

        FigureStyle.Ticks(plot.Axes.Left, series.Select((name, s) => (series.Length - 1 - s + 0.35, name)));
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(table.Number(rows[0], "bin_low")!.Value, rows.Max(row => table.Number(row, "bin_high")!.Value), -0.03,
            series.Length);
        plot.XLabel("score (logit of \"generated\")");
        plot.Title(FigureCounts.Of(table));
    }
}
