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
