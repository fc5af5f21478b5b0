using ScottPlot;

namespace ForensicHeads.Reporting.Figures;

/// <summary>AUC by two numbers, the area and its interval written into each cell. Columns of its table: the two, <c>auc</c>, <c>ci_low</c>,
/// <c>ci_high</c>, <c>n_identities</c>.</summary>
/// <param name="kind">Begins the table's name.</param>
/// <param name="title">Before the table's variant.</param>
/// <param name="caption">What the area is of; how many people follows.</param>
/// <param name="up">Column that goes up, and the axis's words.</param>
/// <param name="along">Column that goes to the right, and the axis's words.</param>
internal sealed class AreaGridFigure(string kind, string title, string caption, (string Column, string Words) up,
    (string Column, string Words) along) : Figure
{
    public override string Kind => kind;

    public override int Width => 480;

    public override string Title(FigureTable table) => $"{title} ({table.Variant})";

    public override string Caption(FigureTable table) =>
        $"{caption} AUC with its 95 % interval over people ({FigureCounts.Of(table)}). Darker: easier to tell from real.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        double[] Values(string column) => [.. rows.Select(row => table.Number(row, column)!.Value).Distinct().Order()];
        var (ups, alongs) = (Values(up.Column), Values(along.Column));
        foreach (var row in rows)
        {
            var (x, y) = (Array.IndexOf(alongs, table.Number(row, along.Column)!.Value),
                ups.Length - 1 - Array.IndexOf(ups, table.Number(row, up.Column)!.Value));
            var auc = table.Number(row, "auc");
            var cell = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
            var strength = Math.Clamp(((auc ?? 0.5) - 0.5) * 2, 0, 1);
            cell.FillColor = FigureStyle.Colour(0).WithAlpha(0.08 + (0.72 * strength));
            cell.LineColor = Colors.White;
            cell.LineWidth = 2;
            var words = $"{NumberText.Prose(auc)}\n[{NumberText.Prose(table.Number(row, "ci_low"))}, "
                + $"{NumberText.Prose(table.Number(row, "ci_high"))}]";
            var label = plot.Add.Text(words, x, y);
            label.LabelFontName = FigureFont.Name;
            label.LabelFontSize = alongs.Length > 4 ? 10 : 15;
            label.LabelAlignment = Alignment.MiddleCenter;
            label.LabelFontColor = strength > 0.6 ? Colors.White : FigureStyle.Ink;
        }

        plot.Grid.YAxisStyle.IsVisible = false;
        FigureStyle.Ticks(plot.Axes.Bottom, alongs.Select((value, i) => ((double)i, FormattableString.Invariant($"{value}"))));
        FigureStyle.Ticks(
            plot.Axes.Left, ups.Select((value, i) => ((double)(ups.Length - 1 - i), FormattableString.Invariant($"{value}"))));
        plot.Axes.SetLimits(-0.5, alongs.Length - 0.5, -0.5, ups.Length - 0.5);
        plot.XLabel(along.Words);
        plot.YLabel(up.Words);
    }
}
