using System.Globalization;
using System.Text;

namespace ForensicHeads.Foundation;

/// <summary>Text that may come from strangers, made safe to show: what would move a cursor, forge a line or turn the direction of reading
/// appears as <c>U+202E</c>.</summary>
public static class PrintedText
{
    /// <summary>For one line of a terminal or a table: line ends and tabs are shown, too.</summary>
    public static string Line(string text) => Shown(text, keepsLines: false);

    /// <summary>For text that may have lines: a page, or a table made of cells that went through <see cref="Line"/>.</summary>
    public static string Visible(string text) => Shown(text, keepsLines: true);

    /// <summary>For a JSON document: the same characters as JSON writes them, <c>\u202E</c>.</summary>
    public static string Json(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Any(c => !char.IsSurrogate(c) && IsUnsafe(c, keepsLines: true))
            ? string.Concat(document.Select(c => !char.IsSurrogate(c) && IsUnsafe(c, keepsLines: true) ? $"\\u{(int)c:X4}" : c.ToString()))
            : document;
    }

    private static string Shown(string text, bool keepsLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Any(c => IsUnsafe(c, keepsLines))) return text;
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) result.Append(text[i]).Append(text[++i]);
            else if (IsUnsafe(text[i], keepsLines)) result.Append(CultureInfo.InvariantCulture, $"U+{(int)text[i]:X4}");
            else result.Append(text[i]);
        }

        return result.ToString();
    }

    // Control characters, both separators of lines, half a character, and all that sets the direction of reading (Unicode UAX #9).
    private static bool IsUnsafe(char c, bool keepsLines) => c switch
    {
        '\n' or '\t' => !keepsLines,
        '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        _ => char.IsControl(c) || char.IsSurrogate(c),
    };
}
