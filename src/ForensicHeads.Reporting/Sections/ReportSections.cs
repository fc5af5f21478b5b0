using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Html.PageParts;

namespace ForensicHeads.Reporting.Sections;

/// <summary>The report as a list of its sections.</summary>
public static class ReportSections
{
    // A paper shows what was measured before what guards it; every other table follows in the order of the sections.
    private static readonly string[] FirstInPaper = ["test", "detection", "contrasts", "anchors", "controls"];

    private static volatile IReportSection[] all =
    [
        PlainSection.Pictures,
        new TestSection(),
        new ControlsSection(),
        new SpreadSection(),
        new ContrastsSection(),
        new AccuracySection(),
        new SurfaceSection(),
        new HorizonSection(),
        new GroupsSection(),
        new TercilesSection(),
        new ComparisonsSection(),
        new AnchorsSection(),
        new DetectorsSection(),
        new ErrorsSection(),
        new CurvesSection(),
        new CalibrationSection(),
        new MachineUserSection(),
        new FamiliesSection(),
        new RobustnessSection(),
        new CompressionSection(),
        new AttackersSection(),
        new FailuresSection(),
        new QualitySection(),
        new SwapSection(),
        new WaterfallSection(),
        new ImportanceSection(),
        new CrossShotSection(),
        PlainSection.OtherFigures,
        new TrainingSection(),
        new LimitationsSection(),
        new ValidationSection(),
        new StepCapsSection(),
        PlainSection.Environment,
        PlainSection.Reproduce,
    ];

    /// <summary>In the order of the page.</summary>
    public static IReadOnlyList<IReportSection> All => all;

    /// <summary>Adds a section of another assembly: after those that show results, before the limitations.</summary>
    public static void Add(IReportSection section)
    {
        lock (FirstInPaper)
        {
            var place = Array.FindIndex(all, entry => entry is LimitationsSection);
            all = [.. all[..place], section, .. all[place..]];
        }
    }

    /// <summary>The tables behind figures that follow from results.json alone; <c>report DIR</c> makes them again.</summary>
    public static IReadOnlyList<FigureTable> Tables(ExperimentResults results) => [.. All.SelectMany(section => section.Tables(results))];

    /// <summary>The tables behind figures that need the scores; none where the headline's condition, level and arm have no real or no
    /// generated ones.</summary>
    public static IReadOnlyList<FigureTable> Tables(HeadlineScores scores) =>
        scores.Real(scores.Condition, scores.Level).Length == 0 || scores.FewShot(scores.Condition, scores.Level).Length == 0 ? []
            : [.. All.SelectMany(section => section.Tables(scores))];

    /// <summary>The tables that a paper would print; empty ones are left out.</summary>
    /// <param name="results">The numbers of one experiment.</param>
    /// <param name="condition">The condition; null for the headline's.</param>
    public static IReadOnlyList<TextTable> TextTables(ExperimentResults results, string? condition = null) =>
        [.. All.SelectMany(section => section.TextTables(results, condition ?? results.Headline.Condition, results.Headline.Level))
            .Where(table => table.Rows.Count > 0)
            .OrderBy(table => Array.IndexOf(FirstInPaper, table.Name) is >= 0 and var place ? place : FirstInPaper.Length)];
}

/// <summary>A section that measures nothing of its own.</summary>
/// <param name="title">Its heading.</param>
/// <param name="html">What stands below it.</param>
internal sealed class PlainSection(string title, Func<SectionPage, string> html) : IReportSection
{
    /// <summary>The picture grids that belong to no section.</summary>
    internal static PlainSection Pictures { get; } = new("Pictures", page => string.Concat(page.OtherGrids.Select(Grid)));

    /// <summary>The figures that stand in no section.</summary>
    internal static PlainSection OtherFigures { get; } = new("Figures", page => Gallery(page.OtherFigures));

    /// <summary>What it ran on and with.</summary>
    internal static PlainSection Environment { get; } = new("Environment", page =>
        (page.Inputs.Environment.Count == 0 ? Note("Not recorded.") : Definitions(page.Inputs.Environment))
        + (page.Inputs.Hashes.Count == 0 ? "" : "<h3>SHA-256</h3>\n" + Definitions(page.Inputs.Hashes)));

    /// <summary>The command.</summary>
    internal static PlainSection Reproduce { get; } = new("Reproduce", page => Command(page.Inputs.Command));

    public string Title => title;

    public string Html(SectionPage page) => html(page);
}
