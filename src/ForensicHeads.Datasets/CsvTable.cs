namespace ForensicHeads.Datasets;

/// <summary>A CSV file: a header and its records.</summary>
public sealed class CsvTable
{
    private readonly Dictionary<string, int> columns;

    internal CsvTable(IReadOnlyList<string> header)
    {
        Header = header;
        columns = header.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
    }

    /// <summary>The column names, in file order.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The records, in file order.</summary>
    public IReadOnlyList<CsvRow> Rows { get; internal set; } = [];

    internal int? ColumnOf(string name) => columns.TryGetValue(name, out var index) ? index : null;
}
