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
