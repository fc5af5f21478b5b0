using System.Globalization;
using Parquet;

namespace ForensicHeads.Datasets.Layouts.General;

/// <summary>Reads the texts, numbers and flags of a Parquet file as rows of texts.</summary>
internal static class ParquetRows
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The names of the columns, and then the rows.</summary>
    /// <exception cref="UserErrorException">It is no Parquet file that can be read.</exception>
    public static IReadOnlyList<string[]> Read(string path) => Read(path, (reader, stream) => ReadAsync(reader, stream, path));

    /// <summary>Reads what somebody wants of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Is given the reader and the open file.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static T Read<T>(string path, Func<ParquetReader, FileStream, Task<T>> read)
    {
        try
        {
            using var stream = PlainFile.Open(path);
            ParquetFooter.Check(stream);
            stream.Position = 0;
            // As the index of a store: what the library does with a damaged page ends with the process.
            return Task.Run(async () =>
            {
                await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
                return await read(reader, stream).ConfigureAwait(false);
            }).WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            throw new UserErrorException($"{path} cannot be read as Parquet: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}.",
                inner: error);
        }
    }

    private static async Task<IReadOnlyList<string[]>> ReadAsync(ParquetReader reader, FileStream stream, string path)
    {
        var fields = reader.Schema.GetDataFields().Where(field => !field.Path.ToString().Contains('/', StringComparison.Ordinal))
            .Where(field => Kind(field.ClrType) is not null).ToArray();
        var rows = new List<string[]> { Array.ConvertAll(fields, field => field.Name) };
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            using var columns = new IndexColumns(path, stream.SafeFileHandle, reader.Schema, group, rows.Count - 1);
            var cells = new Func<int, string?>[fields.Length];
            for (var c = 0; c < fields.Length; c++) cells[c] = await Texts(columns, fields[c].Name,
                Kind(fields[c].ClrType)!).ConfigureAwait(false);
            for (var row = 0; cells.Length > 0 && row < columns.Rows; row++) rows.Add(Array.ConvertAll(cells, column => column(row) ?? ""));
        }

        return rows;
    }

    private static string? Kind(Type type) =>
        type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? "text"
        : type == typeof(int) || type == typeof(long) || type == typeof(short) ? "integer" : type == typeof(bool) ? "flag" : null;

    private static async Task<Func<int, string?>> Texts(IndexColumns columns, string name, string kind)
    {
        switch (kind)
        {
            case "text":
                var texts = await columns.Texts(name, nullable: true).ConfigureAwait(false);
                return row => columns.Text(texts[row]);
            case "integer":
                var numbers = await columns.Integers(name, nullable: true).ConfigureAwait(false);
                return row => numbers[row] == IndexColumns.None ? null : numbers[row].ToString(CultureInfo.InvariantCulture);
            default:
                var flags = await columns.Flags(name).ConfigureAwait(false);
                return row => flags[row].ToString();
        }
    }
}
