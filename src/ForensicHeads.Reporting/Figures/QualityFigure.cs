using System.Globalization;
using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>One measure of the generated frames per shot count, a line for each mode and baseline.</summary>
internal sealed class QualityFigure(string kind, string quantity, string label, string format, string reading) : Figure
{
    public override string Kind => kind;

    public override string Title(FigureTable table) => $"{quantity} per shot count";

    public override string Caption(FigureTable table) =>
        $"Self-reenactment on people never trained on ({FigureCounts.Of(table)}); {reading}. ff: feed-forward, ft: fine-tuned."
        + (table.Text(0, "judge") is { Length: > 0 } judge ? $" Judged by {judge}." : "");

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).Where(row => table.Number(row, "value") is not null).ToArray();
        double[] shots = [.. rows.Select(row => table.Number(row, "shots")!.Value).Distinct().Order()];
        ShotAxis.Apply(plot, shots, []);
        var ends = new List<SeriesEnd>();
        foreach (var (name, index) in FigureStyle.Order(rows.Select(row => table.Text(row, "series"))))
        {
            var own = rows.Where(row => table.Text(row, "series") == name).OrderBy(row => table.Number(row, "shots")).ToArray();
            FigureStyle.Series(plot, [.. own.Select(row => ShotAxis.Of(table.Number(row, "shots")!.Value))], [.. own.Select(row => table.Number(row, "value")!.Value)], index, index, markers: true);
            ends.Add(new SeriesEnd(table.Number(own[^1], "value")!.Value, name, index));
        }

        var values = rows.Select(row => table.Number(row, "value")!.Value).ToArray();
        var margin = Math.Max(0.12 * (values.Max() - values.Min()), 1e-6 + (0.03 * Math.Abs(values.Max())));
        plot.Axes.SetLimitsY(values.Min() - margin, values.Max() + margin);
        SeriesEnd.Draw(plot, ends, ShotAxis.Of(shots[^1]) + 0.25, 0.075, values.Min() - margin, values.Max() + margin);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = value => value.ToString(format, CultureInfo.InvariantCulture) };
        plot.YLabel(label);
        plot.Title(FigureCounts.Of(table));
    }
}
