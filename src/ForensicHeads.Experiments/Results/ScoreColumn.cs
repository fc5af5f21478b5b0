using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Experiments.Results;

/// <summary>A column of a file of scores.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Field">Its name and type.</param>
/// <param name="Write">Writes the values of all rows.</param>
internal sealed record ScoreColumn<T>(DataField Field, Func<ParquetRowGroupWriter, DataField, T[], Task> Write)
{
    public static ScoreColumn<T> Text(string name, Func<T, string?> value, bool nullable = false) => new(
        new DataField<string>(name, nullable), (group, field, rows) => group.WriteAsync(field, rows.Select(value).ToArray()!));

    public static ScoreColumn<T> Number<TValue>(string name, Func<T, TValue> value) where TValue : struct => new(
        new DataField<TValue>(name, false),
        (group, field, rows) => group.WriteAsync<TValue>(field, rows.Select(value).ToArray().AsMemory()));

    public static ScoreColumn<T> Count(string name, Func<T, int?> value) => new(
        new DataField<int>(name, true), (group, field, rows) => group.WriteAsync<int>(field, rows.Select(value).ToArray().AsMemory()));

    /// <summary>Writes <see cref="ScoreFile.Name"/>: one row group.</summary>
    public static void WriteFile(string folder, IReadOnlyList<ScoreColumn<T>> columns, T[] rows) => AtomicFile.Write(
        folder, ScoreFile.Name, stream => Task.Run(() => WriteAsync(stream, columns, rows)).GetAwaiter().GetResult());

    private static async Task WriteAsync(Stream stream, IReadOnlyList<ScoreColumn<T>> columns, T[] rows)
    {
        var schema = new ParquetSchema([.. columns.Select(column => column.Field)]);
        await using var writer =
            await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy })
            .ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        foreach (var column in columns) await column.Write(group, column.Field, rows).ConfigureAwait(false);
        group.CompleteValidate();
    }
}
