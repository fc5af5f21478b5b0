using ScottPlot;
using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Sections.Training;

/// <summary>What was trained for the experiment and what came trained; the tables of its curves come with the report's inputs.</summary>
internal sealed class TrainingSection : IReportSection
{
    public string Title => "Training";

    public IReadOnlyList<Figure> Figures { get; } = [new TrainingFigure()];

    public string Html(SectionPage page) => Bullets(page.Inputs.Training) + page.Pictures;
}

/// <summary>The table of a training curve.</summary>
public static class TrainingTable
{
    /// <summary>One row a step and quantity.</summary>
    /// <param name="variant">What was trained: <c>generator</c>, <c>detector</c>; becomes part of the file name.</param>
    /// <param name="points">Optimiser step, the quantity's name, its value.</param>
    public static FigureTable Of(string variant, IEnumerable<(long Step, string Series, double Value)> points) =>
        FigureTable.Of($"training.{FigureTable.Slug(variant)}", ["series", "step", "value"], points.Select(
            point => new object?[] { point.Series, point.Step, point.Value }));
}

/// <summary>Losses against optimiser steps.</summary>
internal sealed class TrainingFigure : Figure
{
    private static readonly int[] Factors = [1, 2, 5, 10];

    public override string Kind => "training";

    public override string Title(FigureTable table) =>
        $"Training of the {(table.Variant.Length > 0 ? table.Variant.Replace("-", ", ", StringComparison.Ordinal) : "model")}";

    public override string Caption(FigureTable table) => "Loss against optimiser step, as logged; each quantity in its own unit.";

    protected override void Draw(FigureTable table, Plot plot)
    {
        var rows = Enumerable.Range(0, table.Rows.Count).Where(row => table.Number(row, "value") is not null).ToArray();
        var ends = new List<SeriesEnd>();
        foreach (var (name, index) in FigureStyle.Order(rows.Select(row => table.Text(row, "series"))))
        {
            var own = rows.Where(row => table.Text(row, "series") == name).OrderBy(row => table.Number(row, "step")).ToArray();
            FigureStyle.Series(plot, [.. own.Select(row => table.Number(row, "step")!.Value)],
                [.. own.Select(row => table.Number(row, "value")!.Value)], index, index, markers: false, width: 2);
            ends.Add(new SeriesEnd(table.Number(own[^1], "value")!.Value, name, index));
        }

        var values = rows.Select(row => table.Number(row, "value")!.Value).DefaultIfEmpty(0).ToArray();
        var steps = rows.Select(row => table.Number(row, "step")!.Value).DefaultIfEmpty(0).ToArray();
        var range = Math.Max(values.Max() - values.Min(), 1e-9);
        plot.Axes.SetLimits(steps.Min(), steps.Min() + ((steps.Max() - steps.Min()) * 1.45), values.Min() - (0.06 * range),
            values.Max() + (0.06 * range));
        SeriesEnd.Draw(plot, ends, steps.Max() + ((steps.Max() - steps.Min()) * 0.02), 0.075, values.Min() - (0.06 * range),
            values.Max() + (0.06 * range));
        FigureStyle.Ticks(plot.Axes.Bottom, Steps(steps.Min(), steps.Max()));
        plot.XLabel("optimiser step");
        plot.YLabel(ends.Any(end => end.Name.EndsWith("AUC", StringComparison.Ordinal)) ? "loss (nats), AUC"
            : table.Variant.EndsWith("embedder", StringComparison.Ordinal) ? "ratio" : "loss");
    }

    // Round numbers within the run, about five: to its right stand names, not steps.
    private static IEnumerable<(double, string)> Steps(double first, double last)
    {
        var size = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(last - first, 1) / 2)));
        var apart = Math.Max(1, Factors.Select(factor => factor * size).First(step => (last - first) / step <= 6));
        for (var tick = Math.Ceiling(first / apart) * apart; tick <= last; tick += apart) yield return (tick,
            Results.NumberText.Count((long)Math.Round(tick)));
    }
}
