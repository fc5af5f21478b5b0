using System.Security;
using System.Text;
using ForensicHeads.Foundation;

namespace ForensicHeads.Reporting.Html;

/// <summary>Escaping, and numbers that say where in results.json they stand.</summary>
internal static class HtmlText
{
    /// <summary>Text for element content and double-quoted attributes.</summary>
    /// <remarks>HtmlEncoder would write each plus sign, no-break space and line end as a number, too.</remarks>
    internal static string Escape(string? text) =>
        SecurityElement.Escape(PrintedText.Visible(text ?? "")).Replace("&apos;", "&#39;", StringComparison.Ordinal);

    /// <summary>A formatted number with the path of its value in results.json, which a test looks up.</summary>
    internal static string Number(string path, string text) => $"<span data-path=\"{Escape(path)}\">{Escape(text)}</span>";

    /// <summary>A value with its interval; a dash alone where there is no value.</summary>
    internal static string Interval(string prefix, string value, string low, string high, (double? Value, double? Low, double? High) numbers, Func<double?, string> format) =>
        numbers.Value is null ? Number($"{prefix}.{value}", format(null)) : $"{Number($"{prefix}.{value}", format(numbers.Value))} <small>[{Number($"{prefix}.{low}", format(numbers.Low))}, {Number($"{prefix}.{high}", format(numbers.High))}]</small>";

    /// <summary>A table that scrolls by itself where the page is narrow.</summary>
    internal static string Table(IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
        foreach (var header in headers) text.Append("<th scope=\"col\">").Append(header).Append("</th>");
        text.Append("</tr></thead><tbody>\n");
        foreach (var row in rows) text.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>\n");
        return text.Append("</tbody></table></div>\n").ToString();
    }
}
