using System.Text;
using ForensicHeads.Foundation;

namespace ForensicHeads.Datasets;

/// <summary>Reads comma-separated files as RFC 4180 has them: quotes around cells with commas, line ends or (doubled) quotes. UTF-8, header required.</summary>
public static class CsvReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file that the user named.</summary>
    /// <inheritdoc cref="Read(string, string)"/>
    public static CsvTable Read(string path) => Read(path, () => PlainFile.ReadBytes(path));

    /// <summary>Reads a file that came in a folder.</summary>
    /// <exception cref="UserErrorException">Missing, no plain file, too long, not UTF-8, or malformed; the message names file, line and remedy.</exception>
    public static CsvTable Read(string folder, string name) => Read(Path.Combine(folder, name), () => PlainFile.ReadBytes(folder, name));

    private static CsvTable Read(string path, Func<byte[]> bytes)
    {
        try
        {
            return Parse(Strict.GetString(bytes()), path);
        }
        catch (DecoderFallbackException error)
        {
            throw new UserErrorException($"{path} is not UTF-8 text. Save it as UTF-8.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read {path}: {error.Message.TrimEnd('.')}. Check the path.", inner: error);
        }
    }

    /// <summary>Reads a text; <paramref name="name"/> stands for it in messages.</summary>
    /// <exception cref="UserErrorException">Malformed text.</exception>
    public static CsvTable Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rows = new List<CsvRow>();
        CsvTable? table = null;
        foreach (var (line, cells) in Records(text.StartsWith('\uFEFF') ? text[1..] : text, name))
        {
            if (cells is [""]) continue;
            if (table is null)
            {
                if (cells.GroupBy(cell => cell, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
                {
                    throw new UserErrorException($"{name}: the header names the column '{twice.Key}' twice. Keep one.");
                }

                table = new CsvTable(cells);
            }
            else if (cells.Count != table.Header.Count)
            {
                throw new UserErrorException($"{name}, line {line}: {cells.Count} cells where the header has {table.Header.Count}. Put quotes around cells that contain commas.");
            }
            else
            {
                rows.Add(new CsvRow(table, line, cells));
            }
        }

        if (table is null) throw new UserErrorException($"{name} is empty. Its first line must name the columns.");
        table.Rows = rows;
        return table;
    }

    private static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Records(string text, string name)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var start = line;
            var cells = new List<string>();
            while (true)
            {
                cells.Add(Cell(text, name, ref at, ref line));
                if (at < text.Length && text[at] == ',')
                {
                    at++;
                    continue;
                }

                break;
            }

            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            line++;
            yield return (start, cells);
        }
    }

    private static string Cell(string text, string name, ref int at, ref int line)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var end = text.AsSpan(at).IndexOfAny(",\r\n");
            var cell = end < 0 ? text[at..] : text.Substring(at, end);
            if (cell.Contains('"', StringComparison.Ordinal)) throw new UserErrorException($"{name}, line {line}: a quote inside the unquoted cell '{cell}'. Quote the whole cell and double the quotes in it.");
            at += cell.Length;
            return cell;
        }

        var value = new StringBuilder();
        var first = line;
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                if (text[at] == '\n') line++;
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Append('"');
                at++;
            }
            else
            {
                at++;
                if (at < text.Length && text[at] is not (',' or '\r' or '\n')) throw new UserErrorException($"{name}, line {line}: '{text[at]}' follows a closing quote. Double the quotes inside a cell.");
                return value.ToString();
            }
        }

        throw new UserErrorException($"{name}, line {first}: a quote is opened and never closed. Close it.");
    }
}
