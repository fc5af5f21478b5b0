using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Waterfall;

/// <summary>Where detectability comes from: each step's bar runs from the area of the step before it to its own.</summary>
internal sealed class WaterfallFigure : Figure
{
    private static readonly string[] Parts =
        [Generators.The<Passthrough>().Step, Generators.The<Reconstruction>().Step, Generators.FewShot.Step];

    public override string Kind => "waterfall";

    public override string Title(FigureTable table) => "What detectability is made of";

    public override string Caption(FigureTable table) =>
        "AUC of each step against the same real items; a bar runs from the step before it. Starts at chance. Condition "
            + $"{table.Text(0, "condition")}, " +
        $"{table.Text(0, "level")} level, {FigureCounts.Of(table)}. Lines: 95 % intervals over people. pipeline: the output path alone; "
            + "decoder: an auto-encoder; few-shot: the rest.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var before = 0.5;
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (table.Number(row, "auc") is not { } auc) continue;
            var colour = FigureStyle.Colour(Array.IndexOf(Parts, table.Text(row, "part")) is var part and >= 0 ? part : 2);
            var bar = plot.Add.Bar(new Bar
            {
                Position = row,
                ValueBase = before,
                Value = auc,
                FillColor = colour.WithAlpha(0.55),
                LineColor = colour,
                LineWidth = 2,
                Size = 0.62
            });
            bar.Axes.YAxis = plot.Axes.Left;
            if (row > 0)
            {
                var link = plot.Add.Line(row - 0.69, before, row - 0.31, before);
                link.LineColor = FigureStyle.Muted;
                link.LineWidth = 1.2f;
                link.MarkerSize = 0;
            }

            var top = auc;
            if (table.Number(row, "ci_low") is { } low && table.Number(row, "ci_high") is { } high)
            {
                var interval = plot.Add.Line(row, low, row, high);
                interval.LineColor = FigureStyle.Ink;
                interval.LineWidth = 1.8f;
                interval.MarkerSize = 0;
                top = high;
            }

            FigureStyle.Label(plot, row, Math.Max(top, before) + 0.015, NumberText.Prose(auc), FigureStyle.Ink, Alignment.LowerCenter, 15);
            before = auc;
        }

        // Between the last two bars, where no interval runs through the word.
        FigureStyle.Chance(plot, -0.6, table.Rows.Count - 0.4, table.Rows.Count < 2 ? null : table.Rows.Count - 1.5);
        FigureStyle.Ticks(
            plot.Axes.Bottom, Enumerable.Range(0, table.Rows.Count).Select(row => ((double)row, Tick(table.Text(row, "name")))));
        FigureStyle.Unit(plot.Axes.Left);
        plot.Axes.SetLimits(-0.6, table.Rows.Count - 0.4, -0.03, 1.17);
        plot.YLabel("AUC");
        plot.Title(FigureCounts.Of(table));
        // Colours alone would not survive grey print: each part is named above its bars.
        for (var part = 0; part < Parts.Length; part++)
        {
            var own = Enumerable.Range(0, table.Rows.Count).Where(row => table.Text(row, "part") == Parts[part]).ToArray();
            if (own.Length > 0) FigureStyle.Label(
                plot, own.Average(), 1.13, Parts[part], FigureStyle.TextColour(part), Alignment.MiddleCenter, 15);
        }
    }

    private static string Tick(string name) => FigureStyle.Broken(name).Replace(' ', '\n');
}
