using ScottPlot;

namespace ForensicHeads.Reporting.Sections.Importance;

/// <summary>Feature families by importance. Its figures stand among those without a section of their own.</summary>
internal sealed class ImportanceSection : IReportSection
{
    public string Title => "Importance";

    public IReadOnlyList<Figure> Figures { get; } = [new ImportanceFigure()];

    public IEnumerable<FigureTable> Tables(ExperimentResults results) => results.Importance.GroupBy(row => row.Condition)
        .Select(group => FigureTable.Of(
            group.Key is null ? "importance" : $"importance.{FigureTable.Slug(group.Key)}",
        ["family", "importance", "ci_low", "ci_high", "condition", "n_identities"],
        group.OrderByDescending(row => row.Importance)
            .Select(row => new object?[] { row.Family, row.Importance, row.CiLow, row.CiHigh, row.Condition, results.Split.Validation })));

    public IEnumerable<FigureFile> Shown(IReadOnlyList<FigureFile> drawn) => [];

    public string Html(SectionPage page) => "";
}

/// <summary>How much a feature family matters: loss of AUC when its columns are permuted among the frames of validation people.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Importance">Mean loss of AUC.</param>
/// <param name="CiLow">Lower 95 % limit, or null.</param>
/// <param name="CiHigh">Upper 95 % limit, or null.</param>
/// <param name="Condition">The condition applied to both classes, or null where it does not apply.</param>
public sealed record ImportanceRow(string Family, double? Importance, double? CiLow = null, double? CiHigh = null,
    string? Condition = null);

/// <summary>Feature families by what permuting them costs.</summary>
internal sealed class ImportanceFigure : Figure
{
    public override string Kind => "importance";

    public override string Title(FigureTable table) =>
        "Importance of the feature families" + (table.Text(0, "condition") is { Length: > 0 } condition ? $", condition {condition}" : "");

    public override string Caption(FigureTable table) =>
        "Loss of AUC when a family's columns are permuted among the frames of validation people"
        + (table.Text(0, "condition") is { Length: > 0 } condition ? $", condition {condition}" : "")
        + $"; families that share information share importance. {FigureCounts.Of(table)} a fold."
        + (Enumerable.Range(0, table.Rows.Count).Any(row => Interval(table, row) is not null) ? " Lines: 95 % intervals." : "");

    protected override void Draw(FigureTable table, Plot plot)
    {
        var count = table.Rows.Count;
        var largest = 0.0;
        for (var row = 0; row < count; row++)
        {
            if (table.Number(row, "importance") is not { } value) continue;
            var position = count - 1 - row;
            var bars = plot.Add.Bars(new[]
            {
                new Bar { Position = position, Value = value, Orientation = Orientation.Horizontal,
                    FillColor = FigureStyle.Colour(0).WithAlpha(0.7), LineColor = FigureStyle.Colour(0), LineWidth = 1, Size = 0.62 },
            });
            bars.Horizontal = true;
            var end = value;
            if (Interval(table, row) is var (low, high))
            {
                var interval = plot.Add.Line(low, position, high, position);
                interval.LineColor = FigureStyle.Ink;
                interval.LineWidth = 1.8f;
                interval.MarkerSize = 0;
                end = Math.Max(end, high);
            }

            FigureStyle.Label(
                plot, Math.Max(0, end), position, " " + NumberText.Difference(value), FigureStyle.Ink, Alignment.MiddleLeft, 15);
            largest = Math.Max(largest, end);
        }

        FigureStyle.Ticks(plot.Axes.Left, Enumerable.Range(0, count).Select(row => ((double)count - 1 - row, table.Text(row, "family"))));
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Grid.YAxisStyle.IsVisible = false;
        var smallest = Enumerable.Range(0, count).Min(row => table.Number(row, "ci_low") ?? table.Number(row, "importance")) ?? 0;
        plot.Axes.SetLimits(Math.Min(0, smallest * 1.1), largest > 0 ? largest * 1.22 : 0.01, -0.6, count - 0.4);
        plot.XLabel("loss of AUC when permuted");
    }

    private static (double Low, double High)? Interval(FigureTable table, int row) =>
        table.Number(row, "ci_low") is { } low && table.Number(row, "ci_high") is { } high ? (low, high) : null;
}
