namespace ForensicHeads.Datasets;

/// <summary>One record of a CSV file.</summary>
public sealed class CsvRow
{
    private readonly CsvTable table;
    private readonly IReadOnlyList<string> cells;

    internal CsvRow(CsvTable table, int line, IReadOnlyList<string> cells)
    {
        this.table = table;
        this.cells = cells;
        Line = line;
    }

    /// <summary>The line on which the record begins, from 1.</summary>
    public int Line { get; }

    /// <summary>The value in a column, or null when the file has no such column. An empty cell is an empty text.</summary>
    public string? this[string column] => table.ColumnOf(column) is { } index ? cells[index] : null;
}
