using System.Globalization;
using System.Text;
using nietras.SeparatedValues;

namespace ForensicHeads.Foundation;

/// <summary>
/// Reads comma-separated files as RFC 4180 has them: quotes around cells with commas, line ends or (doubled) quotes. UTF-8, header
/// required.
/// </summary>
/// <remarks>Sep finds rows and cells. It takes quotes as they come, so those that RFC 4180 does not allow are refused here.</remarks>
public static class CsvReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file that the user named.</summary>
    /// <inheritdoc cref="Read(string, string, char, bool)"/>
    public static CsvTable Read(string path) => Read(path, () => PlainFile.ReadBytes(path));

    /// <summary>Reads a file that came in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's name there.</param>
    /// <param name="separator">What stands between two cells. Default a comma.</param>
    /// <param name="header">Whether the first line names the columns; else their numbers do, from 1. Default true.</param>
    /// <exception cref="UserErrorException">
    /// Missing, no plain file, too long, not UTF-8, or malformed; the message names file, line and remedy.
    /// </exception>
    public static CsvTable Read(string folder, string name, char separator = ',', bool header = true) =>
        Read(Path.Combine(folder, name), () => PlainFile.ReadBytes(folder, name), separator, header);

    /// <summary>Reads a text; <paramref name="name"/> stands for it in messages.</summary>
    /// <inheritdoc cref="Read(string, string, char, bool)"/>
    public static CsvTable Parse(string text, string name, char separator = ',', bool header = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rows = new List<CsvRow>();
        CsvTable? table = null;
        EachRow(text.StartsWith('\uFEFF') ? text[1..] : text, name, (line, cells) =>
        {
            if (cells is [""]) return;
            if (table is null)
            {
                var twice = cells.GroupBy(cell => cell, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;
                if (header && twice is not null)
                    throw new UserErrorException($"{name}: the header names the column '{twice}' twice. Keep one.");
                table = new CsvTable(header ? cells : [.. Enumerable.Range(1, cells.Length).Select(NumberName)], rows);
                if (!header) rows.Add(new CsvRow(table, line, cells));
            }
            else if (cells.Length != table.Header.Count)
            {
                throw new UserErrorException(
                    $"{name}, line {line}: {cells.Length} cells where the {(header ? "header" : "first line")} has {table.Header.Count}. "
                    + $"Put quotes around cells that contain {(separator == ',' ? "commas" : $"'{separator}'")}.");
            }
            else
            {
                rows.Add(new CsvRow(table, line, cells));
            }
        }, separator);
        return table ?? throw new UserErrorException($"{name} is empty. Its first line must name the columns.");
    }

    /// <summary>Takes the rows of a text one by one, the header like any other; an empty line is one empty cell.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What stands for it in messages.</param>
    /// <param name="take">Gets the line on which a row begins, from 1, and its cells.</param>
    /// <param name="separator">What stands between two cells.</param>
    /// <exception cref="UserErrorException">A quote that RFC 4180 does not allow, or a row longer than Sep takes.</exception>
    public static void EachRow(string text, string name, Action<int, string[]> take, char separator = ',')
    {
        var line = 1;
        try
        {
            var options = Sep.New(separator).Reader() with { HasHeader = false, DisableColCountCheck = true };
            using var reader = options.FromText(text);
            foreach (var row in reader)
            {
                take(line, Cells(row, name, line, separator));
                // Sep's own count is wrong for the first row where that is no header to it.
                line += row.Span.Count('\n') + 1;
            }
        }
        catch (NotSupportedException error)
        {
            var message = $"{name}, line {line}: the row is longer than {1 << 24} characters. Close its quotes, or split it.";
            throw new UserErrorException(message, inner: error);
        }
    }

    private static string NumberName(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static CsvTable Read(string path, Func<byte[]> bytes, char separator = ',', bool header = true)
    {
        try
        {
            return Parse(Strict.GetString(PlainFile.Reading(path, bytes, "Check the path.")), path, separator, header);
        }
        catch (DecoderFallbackException error)
        {
            throw new UserErrorException($"{path} is not UTF-8 text. Save it as UTF-8.", inner: error);
        }
    }

    private static string[] Cells(SepReader.Row row, string name, int line, char separator)
    {
        var cells = new string[row.ColCount];
        for (var i = 0; i < cells.Length; i++)
        {
            var raw = row[i].Span;
            cells[i] = raw is ['"', ..] ? Unquoted(raw, name, line) : Plain(raw, name, line, separator);
            line += raw.Count('\n');
        }

        return cells;
    }

    private static string Plain(ReadOnlySpan<char> raw, string name, int line, char separator)
    {
        if (!raw.Contains('"')) return raw.ToString();
        // Sep goes on to the next quote; the cell ends before that.
        var end = raw.IndexOfAny(separator, '\r', '\n');
        var cell = end < 0 ? raw : raw[..end];
        throw new UserErrorException(
            $"{name}, line {line}: a quote inside the unquoted cell '{cell}'. Quote the whole cell and double the quotes in it.");
    }

    private static string Unquoted(ReadOnlySpan<char> raw, string name, int line)
    {
        for (var at = 1; raw[at..].IndexOf('"') is var quote and >= 0; at += 2)
        {
            at += quote;
            if (at == raw.Length - 1) return raw[1..at].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
            if (raw[at + 1] == '"') continue;
            throw new UserErrorException(
                $"{name}, line {line + raw[..at].Count('\n')}: '{raw[at + 1]}' follows a closing quote. Double the quotes inside a cell.");
        }

        throw new UserErrorException($"{name}, line {line}: a quote is opened and never closed. Close it.");
    }
}

/// <summary>A CSV file: a header and its records.</summary>
/// <param name="Header">The column names, in file order.</param>
/// <param name="Rows">The records, in file order.</param>
public sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<CsvRow> Rows)
{
    private readonly Dictionary<string, int> columns =
        Header.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);

    internal int? ColumnOf(string name) => columns.TryGetValue(name, out var index) ? index : null;
}

/// <summary>One record of a CSV file.</summary>
/// <param name="table">The file.</param>
/// <param name="line">The line on which the record begins, from 1.</param>
/// <param name="cells">One a column.</param>
public sealed class CsvRow(CsvTable table, int line, string[] cells)
{
    /// <summary>The line on which the record begins, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The value in a column, or null when the file has no such column. An empty cell is an empty text.</summary>
    public string? this[string column] => table.ColumnOf(column) is { } index ? cells[index] : null;
}
