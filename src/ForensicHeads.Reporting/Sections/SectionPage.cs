namespace ForensicHeads.Reporting.Sections;

/// <summary>What a section finds when it is written onto the page.</summary>
public sealed record SectionPage
{
    /// <summary>The numbers.</summary>
    public required ExperimentResults Results { get; init; }

    /// <summary>What the report holds besides.</summary>
    public required ReportInputs Inputs { get; init; }

    /// <summary>The section's figures that stand in it.</summary>
    public IReadOnlyList<FigureFile> Figures { get; init; } = [];

    /// <summary>The section's picture grids.</summary>
    public IReadOnlyList<GridPicture> Grids { get; init; } = [];

    /// <summary>Figures that stand neither in a section nor on the first screen.</summary>
    internal IReadOnlyList<FigureFile> OtherFigures { get; init; } = [];

    /// <summary>Picture grids that no section names.</summary>
    internal IReadOnlyList<GridPicture> OtherGrids { get; init; } = [];

    /// <summary>The section's figures and before them its picture grids, as HTML.</summary>
    public string Pictures => string.Concat(Grids.Select(PageParts.Grid)) + PageParts.Gallery(Figures);

    /// <summary>Whether a row of this condition and level is what the figures show: such rows of a long table stay open.</summary>
    internal bool IsOpen(string condition, Level level) => level == Results.Headline.Level && Results.Headline.IsDrawn(condition);
}
