using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Layouts.General;

/// <summary>The pictures or clips inside of a Parquet file, as Hugging Face keeps them: a column that is a structure of <c>bytes</c> and
/// <c>path</c>, a file a row.</summary>
internal sealed class ParquetPictures
{
    // Pictures are decoded a row group at a time, and Hugging Face makes groups of a hundred.
    private const long MostBytes = 1L << 30;
    private readonly string column;
    private readonly Lock gate = new();
    private (int Number, byte[]?[] Files)? kept;

    private ParquetPictures(string path, string column) => (Path, this.column) = (path, column);

    /// <summary>The Parquet file.</summary>
    public string Path { get; }

    /// <summary>Rows of each row group.</summary>
    public required IReadOnlyList<int> Groups { get; init; }

    /// <summary>The name of each row's file; null where it has none.</summary>
    public required IReadOnlyList<string?> Names { get; init; }

    /// <summary>The words of labels that are numbers, as the file itself tells them; empty for none.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Looks into a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null where no column holds pictures.</returns>
    /// <exception cref="UserErrorException">It is no Parquet file that can be read.</exception>
    public static ParquetPictures? In(string path) => ParquetRows.Read(path, async (reader, stream) =>
    {
        if (reader.Schema.Fields.OfType<StructField>().FirstOrDefault(field => Part(field, "bytes") is not null) is not { } pictures)
            return null;
        var (groups, names) = (new List<int>(), new List<string?>());
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            using var columns = new IndexColumns(path, stream.SafeFileHandle, reader.Schema, group, names.Count);
            groups.Add(columns.Rows);
            names.AddRange(Part(pictures, "path") is not { } name ? new string?[columns.Rows]
                : (await columns.Cells<char>(name).ConfigureAwait(false)).Select(cell => cell is null ? null : new string(cell)));
        }

        return new ParquetPictures(path, pictures.Name)
        {
            Groups = groups,
            Names = names,
            Labels = LabelsIn(reader.CustomMetadata.GetValueOrDefault("huggingface")),
        };
    });

    /// <summary>Writes the file of a row.</summary>
    /// <param name="group">Its row group.</param>
    /// <param name="row">Its row there.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="InvalidDataException">The row holds no file, or its row group is too large to be read.</exception>
    /// <exception cref="UserErrorException">The Parquet file cannot be read.</exception>
    public void CopyTo(int group, int row, Stream to)
    {
        ArgumentNullException.ThrowIfNull(to);
        lock (gate)
        {
            if (kept?.Number != group) kept = (group, ParquetRows.Read(Path, (reader, stream) => Files(reader, stream, group)));
            to.Write(kept.Value.Files[row] is { Length: > 0 } bytes ? bytes
                : throw new InvalidDataException($"the row has no bytes in its column {column}"));
        }
    }

    private async Task<byte[]?[]> Files(ParquetReader reader, FileStream stream, int number)
    {
        using var group = reader.OpenRowGroupReader(number);
        var field = Part(reader.Schema.Fields.OfType<StructField>().First(field => field.Name == column), "bytes")!;
        var size = group.GetMetadata(field)?.MetaData?.TotalUncompressedSize ?? 0;
        if (size is < 0 or > MostBytes) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"{Path} has {size >> 20} MiB of pictures in one row group; {MostBytes >> 20} are read at most. Write smaller groups."));
        using var columns = new IndexColumns(Path, stream.SafeFileHandle, reader.Schema, group, 0);
        return await columns.Cells<byte>(field).ConfigureAwait(false);
    }

    private static DataField? Part(StructField pictures, string name) => pictures.Fields.OfType<DataField>().FirstOrDefault(field =>
        field.Name == name && field.ClrType == (name == "bytes" ? typeof(ReadOnlyMemory<byte>) : typeof(ReadOnlyMemory<char>)));

    // {"info": {"features": {"label": {"names": ["fake", "real"], "_type": "ClassLabel"}}}}
    private static string[] LabelsIn(string? features)
    {
        if (features is null) return [];
        try
        {
            using var document = JsonDocument.Parse(features);
            return document.RootElement.TryGetProperty("info", out var info) && info.TryGetProperty("features", out var all)
                && all.EnumerateObject().FirstOrDefault(field => TableColumn.Label.Read.Contains(field.Name)).Value
                    is { ValueKind: JsonValueKind.Object } label && label.TryGetProperty("names", out var names)
                ? [.. names.EnumerateArray().Select(name => name.ToString())] : [];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}

/// <summary>A file in a row of a Parquet file.</summary>
/// <param name="Pictures">The Parquet file.</param>
/// <param name="Group">The row group.</param>
/// <param name="Row">The row of the group.</param>
internal sealed record ParquetMember([property: JsonIgnore] ParquetPictures Pictures, int Group, int Row) : ArchiveMember
{
    /// <inheritdoc/>
    public override void CopyTo(string archive, Stream to)
    {
        try
        {
            Pictures.CopyTo(Group, Row, to);
        }
        catch (UserErrorException error)
        {
            // One file less, and never the end of all.
            throw new InvalidDataException(error.Message, error);
        }
    }
}
