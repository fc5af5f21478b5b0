using ScottPlot;

namespace ForensicHeads.Reporting.Sections.CrossShot;

/// <summary>Train shots × test shots, the area written into each cell.</summary>
internal sealed class CrossShotFigure : Figure
{
    public override string Kind => "cross-shot";

    public override int Width => 480;

    public override string Title(FigureTable table) => $"Trained on one shot count, tested on another ({table.Variant})";

    public override string Caption(FigureTable table) =>
        $"AUC, with its 95 % interval over people ({FigureCounts.Of(table)}), of detectors trained on one shot count alone. Darker: "
        + "easier to tell from real.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).ToArray();
        double[] train = [.. rows.Select(row => table.Number(row, "train_shots")!.Value).Distinct().Order()];
        double[] test = [.. rows.Select(row => table.Number(row, "test_shots")!.Value).Distinct().Order()];
        foreach (var row in rows)
        {
            var (x, y) = (Array.IndexOf(test, table.Number(row, "test_shots")!.Value),
                train.Length - 1 - Array.IndexOf(train, table.Number(row, "train_shots")!.Value));
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
            label.LabelFontSize = 15;
            label.LabelAlignment = Alignment.MiddleCenter;
            label.LabelFontColor = strength > 0.6 ? Colors.White : FigureStyle.Ink;
        }

        plot.Grid.YAxisStyle.IsVisible = false;
        FigureStyle.Ticks(plot.Axes.Bottom, test.Select((shots, i) => ((double)i, FormattableString.Invariant($"{shots}"))));
        FigureStyle.Ticks(
            plot.Axes.Left, train.Select((shots, i) => ((double)(train.Length - 1 - i), FormattableString.Invariant($"{shots}"))));
        plot.Axes.SetLimits(-0.5, test.Length - 0.5, -0.5, train.Length - 0.5);
        plot.XLabel("shots tested on");
        plot.YLabel("shots trained on");
    }
}
