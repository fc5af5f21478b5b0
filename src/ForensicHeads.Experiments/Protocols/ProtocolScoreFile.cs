using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>Writes <c>scores.parquet</c> of a protocol: one row a clip, round and scorer.</summary>
internal static class ProtocolScoreFile
{
    private static readonly ParquetSchema Schema = new(
        Text("scorer"), Text("left_out"), new DataField<int>("fold_left_out", false), Text("clip"), Text("identity"),
            Text("label"), Text("generator", nullable: true), new DataField<double>("score", false));

    public static void Write(string folder, IReadOnlyDictionary<string, IReadOnlyList<RoundScore>> scores)
    {
        var rows = scores.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value.Select(score => (Scorer: pair.Key, Score: score))).ToArray();
        AtomicFile.Write(folder, ScoreFile.Name, stream => Task.Run(() => WriteAsync(stream, rows)).GetAwaiter().GetResult());
    }

    private static async Task WriteAsync(Stream stream, (string Scorer, RoundScore Score)[] rows)
    {
        await using var writer =
            await ParquetWriter.CreateAsync(Schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy })
            .ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        foreach (var field in Schema.GetDataFields()) await WriteColumnAsync(group, field, rows).ConfigureAwait(false);
        group.CompleteValidate();
    }

    private static Task WriteColumnAsync(ParquetRowGroupWriter group, DataField field, (string Scorer, RoundScore Score)[] rows)
    {
        return field.Name switch
        {
            "scorer" => Strings(row => row.Scorer),
            "left_out" => Strings(row => row.Score.LeftOut),
            "fold_left_out" => group.WriteAsync<int>(field, Array.ConvertAll(rows, row => row.Score.Fold).AsMemory()),
            "clip" => Strings(row => row.Score.Clip),
            "identity" => Strings(row => row.Score.Identity),
            "label" => Strings(row => (row.Score.Generated ? Label.Generated : Label.Real).Text()),
            "generator" => Strings(row => row.Score.Generated ? row.Score.Generator : null),
            "score" => group.WriteAsync<double>(field, Array.ConvertAll(rows, row => row.Score.Score).AsMemory()),
            var name => throw new InvalidOperationException($"Column {name} has no source."),
        };

        Task Strings(Func<(string Scorer, RoundScore Score), string?> get) => group.WriteAsync(field, rows.Select(get).ToArray()!);
    }

    private static DataField<string> Text(string name, bool nullable = false) => new(name, nullable);
}
