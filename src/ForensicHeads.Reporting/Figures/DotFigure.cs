using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>Areas under the ROC curve, or differences of them, as dots with intervals: one line of the figure a thing (a feature family, a
/// step of the ladder) and one marker a series.</summary>
/// <param name="kind">As tables name it.</param>
/// <param name="title">What the figure shows.</param>
/// <param name="caption">How to read it.</param>
/// <param name="height">In CSS pixels.</param>
/// <param name="sides">Of differences, what lies left and right of 0; null for areas, which are compared with chance.</param>
/// <param name="intervals">What the intervals are over.</param>
internal sealed class DotFigure(string kind, string title, string caption, int height, Func<FigureTable, Sides>? sides = null,
    string intervals = "over people") : Figure
{
    /// <summary>The columns that its tables have at least.</summary>
    internal static readonly string[] Columns = ["name", "series", "value", "ci_low", "ci_high", "condition", "level", "detector",
        "n_identities"];

    public override string Kind => kind;

    public override int Height => height;

    public override string Title(FigureTable table) =>
        $"{title}, {Of(table, "detector")}"
        + (table.Text(0, "condition") is { Length: > 0 } condition ? $"condition {condition}, " : "")
        + $"{table.Text(0, "level")} level";

    public override string Caption(FigureTable table) =>
        $"{caption} Lines: 95 % intervals {intervals} ({FigureCounts.Of(table)}). Dotted: "
            + $"{(sides is not null ? "no difference" : "chance")}.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        string[] names = [.. rows.Select(row => table.Text(row, "name")).Distinct(StringComparer.Ordinal)];
        string[] series = [.. rows.Select(row => table.Text(row, "series")).Distinct(StringComparer.Ordinal)];
        // Room for the legend, whose height is that of more lines where lines are many.
        var (bottom, top) = (-0.9 - (0.1 * names.Length), names.Length - 0.4);
        var reference = sides is not null ? 0 : 0.5;
        FigureStyle.Reference(plot, reference, bottom, reference, top);
        // Series that share no line need not stand apart.
        var apart = rows.Length > names.Length ? 0.24 : 0;
        for (var s = 0; s < series.Length; s++)
        {
            var shift = (((series.Length - 1) / 2.0) - s) * apart;
            var own = rows.Where(row => table.Text(row, "series") == series[s] && table.Number(row, "value") is not null).ToArray();
            var places = own.Select(row => names.Length - 1 - Array.IndexOf(names, table.Text(row, "name")) + shift).ToArray();
            for (var i = 0; i < own.Length; i++)
            {
                if (table.Number(own[i], "ci_low") is not { } low || table.Number(own[i], "ci_high") is not { } high) continue;
                var interval = plot.Add.Line(low, places[i], high, places[i]);
                interval.LineColor = FigureStyle.Colour(s);
                interval.LineWidth = 1.6f;
                interval.MarkerSize = 0;
            }

            var points = plot.Add.ScatterPoints([.. own.Select(row => table.Number(row, "value")!.Value)], places, FigureStyle.Colour(s));
            KeptMarker.Set(points.MarkerStyle, FigureStyle.Marker(s));
            points.MarkerSize = 9;
            points.LegendText = series[s];
        }

        FigureStyle.Ticks(plot.Axes.Left, names.Select((name, i) => ((double)(names.Length - 1 - i), name)));
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Grid.YAxisStyle.IsVisible = false;
        if (sides is not null)
        {
            var lowest = rows.SelectMany(row => new[] { table.Number(row, "ci_low"), table.Number(row, "value") }).Min() ?? 0;
            var highest = rows.SelectMany(row => new[] { table.Number(row, "ci_high"), table.Number(row, "value") }).Max() ?? 0;
            plot.Axes.SetLimits(Math.Min(-0.02, lowest) - 0.03, Math.Max(0.02, highest) + 0.03, bottom, top);
            var (left, right) = sides(table);
            plot.XLabel($"difference of AUC\n← {left}   |   {right} →");
        }
        else
        {
            // The same axis in every figure, so that pages compare by eye.
            FigureStyle.Unit(plot.Axes.Bottom);
            plot.Axes.SetLimits(-0.03, 1.03, bottom, top);
            plot.XLabel("AUC");
        }

        plot.Title(FigureCounts.Of(table));
        // The room below the lowest thing is kept free for it.
        plot.ShowLegend(Alignment.LowerCenter, Orientation.Horizontal);
    }

    private static string Of(FigureTable table, string column) =>
        table.Columns.Contains(column) && table.Text(0, column) is { Length: > 0 } text ? $"{text} detector, " : "";
}

/// <summary>What a difference below and one above 0 mean.</summary>
internal readonly record struct Sides(string Left, string Right)
{
    // More does not fit under the axis.
    private const int Longest = 16;

    /// <summary>Of AUC of fakes minus AUC of others.</summary>
    /// <param name="first">What the former are called; a long name becomes "first".</param>
    internal static Sides Of(string first) =>
        first.Length > Longest ? Of("first") : new($"{first} harder to detect", "easier");
}
