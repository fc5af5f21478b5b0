namespace ForensicHeads.Reporting.Figures;

/// <summary>The table of a training curve.</summary>
public static class TrainingTable
{
    /// <summary>One row a step and quantity.</summary>
    /// <param name="variant">What was trained: <c>generator</c>, <c>detector</c>; becomes part of the file name.</param>
    /// <param name="points">Optimiser step, the quantity's name, its value.</param>
    public static FigureTable Of(string variant, IEnumerable<(long Step, string Series, double Value)> points) =>
        FigureTable.Of($"training.{ResultTables.Slug(variant)}", ["series", "step", "value"], points.Select(point => new object?[] { point.Series, point.Step, point.Value }));
}
