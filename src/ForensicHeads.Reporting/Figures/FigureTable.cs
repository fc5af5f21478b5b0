using System.Globalization;
using System.Text;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The table behind a figure: the figure is drawn from it and from nothing else, and it lies beside the figure as CSV.</summary>
/// <param name="Name">File name without ending: a figure's kind, then optionally a dot and a variant,
/// <c>auc-per-shot.h264-crf23</c>.</param>
/// <param name="Columns">Column names, snake_case.</param>
/// <param name="Rows">Cells as text; empty for undefined.</param>
public sealed record FigureTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The figure's kind: the name up to its first dot.</summary>
    public string Kind => Name.Split('.')[0];

    /// <summary>What follows the first dot of the name, or empty.</summary>
    public string Variant => Name.Contains('.', StringComparison.Ordinal) ? Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..] : "";

    /// <summary>Builds a table from values: numbers in round-trip form, null as an empty cell.</summary>
    public static FigureTable Of(string name, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) =>
        new(name, columns, [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Word)])]);

    private static string Word(object? cell) => cell switch
    {
        Level level => level.Text(),
        Arm arm => arm.Text(),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The cell of a row under a column, as text.</summary>
    public string Text(int row, string column) => Rows[row][Index(column)];

    /// <summary>The cell of a row under a column, as a number; null where empty.</summary>
    public double? Number(int row, string column) => Text(row, column) is { Length: > 0 } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UserErrorException(
                $"{Name}.csv, row {row + 2}, column {column}: \"{text}\" is not a number. Restore the file or run the experiment again.")
        : null;

    /// <summary>The CSV text (RFC 4180, LF line ends).</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Prepend(Columns)) text.AppendJoin(',', row.Select(Quote)).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToCsv"/> wrote.</summary>
    /// <exception cref="UserErrorException">No header, a row with another number of cells, or a quote that CSV does not allow.</exception>
    public static FigureTable Parse(string name, string csv)
    {
        var rows = new List<string[]>();
        CsvReader.EachRow(csv, $"{name}.csv", (_, cells) => rows.Add(cells));
        if (rows.Count == 0) throw new UserErrorException($"{name}.csv is empty; restore the file or run the experiment again.");
        var wrong = rows.FindIndex(row => row.Length != rows[0].Length);
        if (wrong >= 0)
        {
            throw new UserErrorException(
                $"{name}.csv, row {wrong + 1} has {rows[wrong].Length} cells, the header has {rows[0].Length}. Restore the file or run "
                    + "the experiment again.");
        }

        return new FigureTable(name, rows[0], [.. rows.Skip(1)]);
    }

    /// <summary>What stands for words in file names and anchors.</summary>
    internal static string Slug(string text) =>
        new([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? char.ToLowerInvariant(c) : '-')]);

    private int Index(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i] == column) return i;
        throw new UserErrorException(
            $"{Name}.csv has no column {column}, only {string.Join(", ", Columns)}. Restore the file or run the experiment again.");
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
