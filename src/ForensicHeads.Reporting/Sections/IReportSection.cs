namespace ForensicHeads.Reporting.Sections;

/// <summary>
/// A section of a report: what it writes and what it shows. A new one is a class in a folder of its own and a line in
/// <see cref="ReportSections.All"/>; page, figures and tables for a paper follow.
/// </summary>
public interface IReportSection
{
    /// <summary>The heading that it stands under. Sections with the same one stand there together, in the order of the list.</summary>
    string Title { get; }

    /// <summary>The kinds of figures that it draws.</summary>
    IReadOnlyList<Figure> Figures => [];

    /// <summary>Name of the picture grid that stands in it, or null.</summary>
    string? Grid => null;

    /// <summary>The tables behind its figures that follow from results.json alone, the headline's condition first. Each is written as CSV
    /// beside its SVG and PNG.</summary>
    IEnumerable<FigureTable> Tables(ExperimentResults results) => [];

    /// <summary>The tables behind its figures that need the scores themselves. They lie beside the figures as CSV, so <c>report DIR</c>
    /// needs no scores.</summary>
    IEnumerable<FigureTable> Tables(HeadlineScores scores) => [];

    /// <summary>Its tables for a paper; those without rows are left out.</summary>
    /// <param name="results">The numbers.</param>
    /// <param name="condition">The condition to show.</param>
    /// <param name="level"><c>frame</c> or <c>video</c>.</param>
    IEnumerable<TextTable> TextTables(ExperimentResults results, string condition, Level level) => [];

    /// <summary>Which of its drawn figures stand in it; the others stand under "Figures".</summary>
    IEnumerable<FigureFile> Shown(IReadOnlyList<FigureFile> drawn) => drawn;

    /// <summary>What stands below the heading, as HTML: see <see cref="Reporting.Html.HtmlText"/>. A heading below which nothing stands is
    /// left out.</summary>
    string Html(SectionPage page);
}

/// <summary>What figures of scores are drawn from: one detector's, of one condition, level and arm, with what no arm changes.</summary>
/// <param name="Items">Scores of one detector under every condition.</param>
/// <param name="Condition">The headline's.</param>
/// <param name="Level">The headline's.</param>
/// <param name="Arm">The headline's.</param>
public sealed record HeadlineScores(IReadOnlyList<ScoredItem> Items, string Condition, Level Level, Arm? Arm)
{
    internal ScoredItem[] Real(string condition, Level level) =>
        [.. Items.Where(item => !item.Generated && item.Condition == condition && item.Level == level)];

    internal ScoredItem[] FewShot(string condition, Level level) => [.. Items.Where(item =>
        item is { Generated: true, Mode: not null, Shots: not null } && item.Condition == condition && item.Level == level
            && (item.Arm == Arm || item.Arm is null))];

    internal static int People(IEnumerable<ScoredItem> items) => items.Select(item => item.Identity).Distinct(StringComparer.Ordinal)
        .Count();
}
