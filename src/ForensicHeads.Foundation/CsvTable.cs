namespace ForensicHeads.Foundation;

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
