using System.Globalization;
using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>One measure of the generated frames per shot count: a line for each mode and baseline, with intervals, and the same measure of
/// the true frames.</summary>
internal sealed class QualityFigure(string kind, string quantity, string label, string format, string reading) : Figure
{
    // Share of the axis that a line of words takes.
    private const double HeightOfWords = 0.075;

    // What the words at the left of a reference line need beyond the usual margin, in units of the axis.
    private const double RoomForWords = 0.7;

    // What the longest name of a line needs at the right beyond the usual margin.
    private const double RoomForNames = 0.3;

    public override string Kind => kind;

    public override int Height => 460;

    public override string Title(FigureTable table) => $"{quantity} per shot count";

    public override string Caption(FigureTable table)
    {
        var references = References(table).Select(row => table.Text(row, "series")).ToArray();
        return $"Self-reenactment on people never trained on ({FigureCounts.Of(table)}); {reading}. ff: feed-forward, ft: fine-tuned."
            + (Enumerable.Range(0, table.Rows.Count).Any(row => table.Number(row, "ci_low") is not null)
            ? " Bars: 95 % intervals over people." : "")
            + (references.Contains("truth") ? " Dotted: the true frames themselves." : "")
            + (references.Contains("chance") ? " Chance: guessing among the people of the gallery." : "")
            + (Judge(table) is { Length: > 0 } judge ? $" Measured with {judge}." : "");
    }

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).Where(row => table.Number(row, "value") is not null).ToArray();
        var references = References(table);
        var points = rows.Except(references).ToArray();
        double[] shots = points.Length == 0 ? [1] : [.. points.Select(row => table.Number(row, "shots")!.Value).Distinct().Order()];
        ShotAxis.Apply(plot, shots, []);
        var (bottom, top) = Limits(rows.SelectMany(row =>
            new[] { table.Number(row, "value"), points.Contains(row) ? table.Number(row, "ci_low") : null, points.Contains(row)
            ? table.Number(row, "ci_high") : null }).OfType<double>());
        var limits = plot.Axes.GetLimits();
        foreach (var row in references)
        {
            var (value, name) =
                (table.Number(row, "value")!.Value, table.Text(row, "series") == "truth" ? "true frames" : table.Text(row, "series"));
            // Where the names of the lines begin, the reference ends, and it begins with room for its own words.
            FigureStyle.Reference(plot, limits.Left - RoomForWords, value, ShotAxis.Of(shots[^1]) + 0.4, value);
            FigureStyle
                .Label(plot, limits.Left - RoomForWords, value, " " + name, FigureStyle.Muted, IsFreerBelow(value) ? Alignment.UpperLeft
                : Alignment.LowerLeft, 15);
        }

        plot.Axes.SetLimitsX(limits.Left - (references.Length > 0 ? RoomForWords : 0), limits.Right + RoomForNames);

        // The words stand at the left, beside the points of the fewest shots: on the side of the line that has fewer of them, within the
        // figure.
        bool IsFreerBelow(double value)
        {
            var height = HeightOfWords * (top - bottom);
            if (value - bottom < height) return false;
            if (top - value < height) return true;
            var beside = points.Where(row => table.Number(row, "shots") == shots[0]).Select(row => table.Number(row, "value")!.Value)
                .ToArray();
            var (under, over) = (beside.Count(other => other <= value && other > value - height),
                beside.Count(other => other > value && other < value + height));
            return under == over ? value > (bottom + top) / 2 : under < over;
        }

        var series = FigureStyle.Order(points.Select(row => table.Text(row, "series")));
        var ends = new List<SeriesEnd>();
        for (var s = 0; s < series.Count; s++)
        {
            // Lines stand a little apart, or their intervals would cover each other.
            var shift = (s - ((series.Count - 1) / 2.0)) * 0.16;
            var own = points.Where(row => table.Text(row, "series") == series[s].Name).OrderBy(row => table.Number(row, "shots")).ToArray();
            var xs = own.Select(row => ShotAxis.Of(table.Number(row, "shots")!.Value) + shift).ToArray();
            FigureStyle.Series(plot, xs, [.. own.Select(row => table.Number(row, "value")!.Value)], series[s].Index, series[s].Index,
                markers: true);
            for (var i = 0; i < own.Length; i++) FigureStyle
                .Interval(plot, xs[i], table.Number(own[i], "ci_low"), table.Number(own[i], "ci_high"),
                FigureStyle.Colour(series[s].Index));
            ends.Add(new SeriesEnd(table.Number(own[^1], "value")!.Value, series[s].Name, series[s].Index));
        }

        plot.Axes.SetLimitsY(bottom, top);
        SeriesEnd.Draw(plot, ends, ShotAxis.Of(shots[^1]) + 0.45, 0.075, bottom, top);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            LabelFormatter = value =>
                value.ToString(Decimals(top - bottom), CultureInfo.InvariantCulture)
        };
        plot.YLabel(Judge(table) is { Length: > 0 } judge && label.Contains("{0}", StringComparison.Ordinal)
            ? string.Format(CultureInfo.InvariantCulture, label, judge) : label.Replace(" ({0})", "", StringComparison.Ordinal));
        plot.Title(FigureCounts.Of(table));
    }

    // As many decimals as neighbouring ticks need to differ, and no fewer than usual.
    private string Decimals(double range)
    {
        var usual = format.Length - format.IndexOf('.', StringComparison.Ordinal) - 1;
        return "0." + new string('0', Math.Max(usual, (int)Math.Ceiling(-Math.Log10(range / 8))));
    }

    private static int[] References(FigureTable table) =>
        [.. Enumerable.Range(0, table.Rows.Count)
            .Where(row => table.Number(row, "shots") is null && table.Number(row, "value") is not null)];

    private static string? Judge(FigureTable table) =>
        Enumerable.Range(0, table.Rows.Count).Select(row => table.Text(row, "judge")).FirstOrDefault(name => name.Length > 0);

    private static (double Bottom, double Top) Limits(IEnumerable<double> drawn)
    {
        var all = drawn.DefaultIfEmpty(0).ToArray();
        var margin = Math.Max(0.12 * (all.Max() - all.Min()), 1e-6 + (0.03 * Math.Abs(all.Max())));
        // A share is never above 1, so no tick is.
        return (all.Min() - margin, all.Max() is <= 1 and > 0.9 ? Math.Min(1.04, all.Max() + margin) : all.Max() + margin);
    }
}
