using System.Security;
using System.Text;

namespace ForensicHeads.Reporting.Html;

/// <summary>Escaping, numbers that say where in results.json they stand, and what is put together from them.</summary>
public static class HtmlText
{
    private const string NoteStart = "<p class=\"note\">";

    /// <summary>Text for element content and double-quoted attributes.</summary>
    /// <remarks>HtmlEncoder would write each plus sign, no-break space and line end as a number, too.</remarks>
    public static string Escape(string? text) =>
        SecurityElement.Escape(PrintedText.Visible(text ?? "")).Replace("&apos;", "&#39;", StringComparison.Ordinal);

    /// <summary>A formatted number with the path of its value in results.json, which a test looks up.</summary>
    public static string Number(string path, string text) => $"<span data-path=\"{Escape(path)}\">{Escape(text)}</span>";

    /// <summary>A value with its interval; a dash alone where there is no value.</summary>
    public static string Interval(
        string prefix, string value, string low, string high, (double? Value, double? Low, double? High) numbers, Func<double?,
            string> format)
    {
        var number = Number($"{prefix}.{value}", format(numbers.Value));
        return numbers.Value is null ? number
            : $"{number} <small>[{Number($"{prefix}.{low}", format(numbers.Low))}, "
                + $"{Number($"{prefix}.{high}", format(numbers.High))}]</small>";
    }

    /// <summary>A table that scrolls by itself where the page is narrow; headers and cells are HTML.</summary>
    public static string Table(IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
        foreach (var header in headers) text.Append("<th scope=\"col\">").Append(header).Append("</th>");
        text.Append("</tr></thead><tbody>\n");
        foreach (var row in rows) text.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>\n");
        return text.Append("</tbody></table></div>\n").ToString();
    }

    /// <summary>A table of a list of results.json.</summary>
    /// <param name="list">The list's path there.</param>
    /// <param name="rows">The list.</param>
    /// <param name="headers">HTML.</param>
    /// <param name="cells">A row's cells as HTML, from the row and its own path.</param>
    public static string Table<T>(string list, IReadOnlyList<T> rows, IEnumerable<string> headers, Func<T, string,
        IEnumerable<string>> cells) =>
        Table(headers, rows.Select((row, i) => cells(row, FormattableString.Invariant($"{list}[{i}]"))));

    /// <summary>The same, with the rows that are not <paramref name="open"/> a click away.</summary>
    public static string Table<T>(
        string list, IReadOnlyList<T> rows, IReadOnlyList<string> headers, Func<T, string, IEnumerable<string>> cells, Func<T,
            bool> open) =>
            Folded(headers, rows.Select((row, i) => (open(row), cells(row, FormattableString.Invariant($"{list}[{i}]")))));

    /// <summary>What the figures beside it show stays open, the rest is a click away.</summary>
    internal static string Folded(IReadOnlyList<string> headers, IEnumerable<(bool Open, IEnumerable<string> Cells)> rows)
    {
        var all = rows.ToLookup(row => row.Open, row => row.Cells);
        var folded = all[false].ToArray();
        return (all[true].Any() ? Table(headers, all[true]) : "")
            + (folded.Length == 0 ? "" : Details(NumberText.Count(folded.Length, "more row", "more rows"), Table(headers, folded)));
    }

    /// <summary>What a click on its summary shows.</summary>
    internal static string Details(string summary, string html) => $"<details><summary>{Escape(summary)}</summary>\n{html}</details>\n";

    /// <summary>A paragraph of small print.</summary>
    public static string Note(string words) => HtmlNote(Escape(words));

    /// <summary>Whether a note is all there is.</summary>
    internal static bool IsNoteAlone(string html) => html.StartsWith(NoteStart, StringComparison.Ordinal)
        && html.IndexOf("</p>", StringComparison.Ordinal) == html.Length - "</p>\n".Length;

    /// <summary>The same of HTML.</summary>
    internal static string HtmlNote(string html) => $"{NoteStart}{html}</p>\n";

    /// <summary>A list of sentences; nothing where there are none.</summary>
    public static string Bullets(IEnumerable<string> sentences) => List("", sentences.Select(sentence => $"<li>{Escape(sentence)}</li>"));

    /// <summary>What must not be overlooked; nothing where there is nothing.</summary>
    internal static string Alerts(IEnumerable<string> sentences) =>
        List(" class=\"alert\"", sentences.Select(sentence => $"<li>{Escape(sentence)}</li>\n"));

    /// <summary>Names and values.</summary>
    internal static string Definitions(IEnumerable<ReportFact> facts) =>
        $"<dl>{string.Concat(facts.Select(fact => $"<dt>{Escape(fact.Name)}</dt><dd>{Escape(fact.Value)}</dd>"))}</dl>\n";

    /// <summary>The fine-tuning arm of a row, a dash where it plays no part.</summary>
    internal static string Arm(Arm? arm) => Escape(arm?.Text() ?? NumberText.Undefined);

    private static string List(string attribute, IEnumerable<string> items) =>
        string.Concat(items) is { Length: > 0 } all ? $"<ul{attribute}>{all}</ul>\n" : "";
}
