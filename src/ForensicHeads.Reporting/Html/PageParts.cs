using System.Text;
using ForensicHeads.Reporting.Figures;
using static ForensicHeads.Reporting.Html.HtmlText;

namespace ForensicHeads.Reporting.Html;

/// <summary>What every page has: its head, its figures, its sections.</summary>
internal static class PageParts
{
    internal const string Foot = "</main>\n</body>\n</html>\n";

    internal static string Head(string title) =>
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        + $"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{Escape(title)}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n<main>\n";

    internal static string Gallery(IEnumerable<FigureFile> figures) => !figures.Any() ? "" : "<div class=\"figures\">\n" + string.Concat(figures.Select(figure =>
        Picture(figure.Title, figure.Caption, "image/svg+xml", Encoding.UTF8.GetBytes(figure.Svg), figure.Name, $" width=\"{figure.Width}\" height=\"{figure.Height}\""))) + "</div>\n";

    internal static string Grid(GridPicture grid) => Picture("", grid.Caption, "image/png", grid.Png.Span, grid.Name, "", " class=\"grid\" tabindex=\"0\"");

    internal static string Section(string title, string body) => $"<h2 id=\"{Anchor(title)}\">{Escape(title)}</h2>\n{body}";

    internal static string Anchor(string title) => ResultTables.Slug(title);

    private static string Picture(string title, string caption, string type, ReadOnlySpan<byte> bytes, string name, string size, string more = "") =>
        $"<figure id=\"figure-{Escape(name)}\"{more}><img alt=\"{Escape(title.Length > 0 ? title : caption)}\"{size} src=\"data:{type};base64,{Convert.ToBase64String(bytes)}\">"
        + $"<figcaption>{(title.Length > 0 ? $"<b>{Escape(title)}.</b> " : "")}{Escape(caption)}</figcaption></figure>\n";
}
