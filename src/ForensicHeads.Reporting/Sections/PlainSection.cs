using static ForensicHeads.Reporting.Html.HtmlText;
using static ForensicHeads.Reporting.Html.PageParts;

namespace ForensicHeads.Reporting.Sections;

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
