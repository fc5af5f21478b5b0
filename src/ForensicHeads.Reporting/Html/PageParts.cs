using System.Text;
using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Html;

/// <summary>What every page has: its head, its first screen, its figures, its sections.</summary>
internal static class PageParts
{
    internal const string Foot = "</main>\n</body>\n</html>\n";

    /// <summary>Where the numbers of a page stand, the same for all that lie beside a results.json.</summary>
    private const string Origin = "Every number stands in results.json; the table behind each figure lies beside it as CSV, the figure "
        + "as SVG and PNG, under figures/.";

    internal static string Head(string title, string moreCss = "") =>
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        + $"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{Escape(title)}</title>\n"
        + $"<style>\n{ReportStyle.Css}\n{moreCss}</style>\n</head>\n<body>\n<main>\n";

    internal static string Heading(string title) => $"<h1>{Escape(title)}</h1>\n";

    internal static string Answer(string words) => $"<p class=\"answer\">{Escape(words)}</p>\n";

    internal static string Alert(string words) => $"<p class=\"alert\">{Escape(words)}</p>\n";

    /// <summary>Short facts in a row; each is HTML.</summary>
    internal static string Facts(IEnumerable<string> facts) =>
        $"<ul class=\"facts\">{string.Concat(facts.Select(fact => $"<li>{fact}</li>"))}</ul>\n";

    internal static string Gallery(IEnumerable<FigureFile> figures)
    {
        var pictures = string.Concat(figures.Select(figure => Picture(
            figure.Title, figure.Caption, "image/svg+xml", Encoding.UTF8.GetBytes(figure.Svg), figure.Name,
            $" width=\"{figure.Width}\" height=\"{figure.Height}\"")));
        return pictures.Length == 0 ? "" : $"<div class=\"figures\">\n{pictures}</div>\n";
    }

    internal static string Grid(GridPicture grid) =>
        Picture("", grid.Caption, "image/png", grid.Png.Span, grid.Name, "", " class=\"grid\" tabindex=\"0\"");

    /// <summary>Links to the sections, then the sections; those without a body are left out.</summary>
    internal static string Sections(IEnumerable<(string Title, string Body)> sections)
    {
        var shown = sections.Where(section => section.Body.Length > 0).ToArray();
        var links = shown.Select(section => $"<a href=\"#{FigureTable.Slug(section.Title)}\">{Escape(section.Title)}</a>");
        return $"<nav aria-label=\"Sections\">{string.Join(' ', links)}</nav>\n"
            + string.Concat(shown.Select(section => Section(section.Title, section.Body)));
    }

    internal static string Section(string title, string body) => $"<h2 id=\"{FigureTable.Slug(title)}\">{Escape(title)}</h2>\n{body}";

    /// <summary>The command that makes the page again, and where its numbers stand.</summary>
    internal static string Command(string command, string origin = Origin) => $"<pre>{Escape(command)}</pre>\n{Note(origin)}";

    private static string Picture(
        string title, string caption, string type, ReadOnlySpan<byte> bytes, string name, string size, string more = "") =>
        $"<figure id=\"figure-{Escape(name)}\"{more}><img alt=\"{Escape(title.Length > 0 ? title : caption)}\"{size} "
        + $"src=\"data:{type};base64,{Convert.ToBase64String(bytes)}\">"
        + $"<figcaption>{(title.Length > 0 ? $"<b>{Escape(title)}.</b> " : "")}{Escape(caption)}</figcaption></figure>\n";
}
