using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Results;
using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Experiments.Results;

/// <summary>Writes <c>scores.parquet</c>: one row a scored frame of a test person, per detector and condition.</summary>
internal static class ScoreFile
{
    private static readonly ParquetSchema Schema = new(
        Text("key"), Text("identity"), Text("video"), Text("label"), Text("mode", true), new DataField<int>("shots", true), new DataField<int>("draw", true),
        Text("arm", true), Text("anchor", true), Text("weights", true), Text("condition"), Text("detector"), new DataField<double>("score", false));

    /// <summary>Writes the frame-level items; scores are logits relative to the threshold, positive = generated.</summary>
    public static void Write(string path, IReadOnlyList<ScoredItem> items)
    {
        var rows = items.Where(item => item.Level == "frame").OrderBy(item => item.Detector, StringComparer.Ordinal).ThenBy(item => item.Condition, StringComparer.Ordinal).ThenBy(item => item.Key, StringComparer.Ordinal).ToArray();
        AtomicFile.Write(path, stream => Task.Run(() => WriteAsync(stream, rows)).GetAwaiter().GetResult());
    }

    private static async Task WriteAsync(Stream stream, ScoredItem[] rows)
    {
        await using var writer = await ParquetWriter.CreateAsync(Schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        foreach (var field in Schema.GetDataFields()) await WriteColumnAsync(group, field, rows).ConfigureAwait(false);
        group.CompleteValidate();
    }

    private static Task WriteColumnAsync(ParquetRowGroupWriter group, DataField field, ScoredItem[] rows)
    {
        return field.Name switch
        {
            "key" => Strings(item => item.Key),
            "identity" => Strings(item => item.Identity),
            "video" => Strings(item => item.Video),
            "label" => Strings(item => item.Generated ? "generated" : "real"),
            "mode" => Strings(item => item.Mode),
            "shots" => group.WriteAsync<int>(field, Array.ConvertAll(rows, item => item.Shots).AsMemory()),
            "draw" => group.WriteAsync<int>(field, Array.ConvertAll(rows, item => item.Draw).AsMemory()),
            "arm" => Strings(item => item.Arm.Length == 0 ? null : item.Arm),
            "anchor" => Strings(item => item.Anchor),
            "weights" => Strings(item => item.Weights.Length == 0 ? null : item.Weights),
            "condition" => Strings(item => item.Condition),
            "detector" => Strings(item => item.Detector),
            "score" => group.WriteAsync<double>(field, Array.ConvertAll(rows, item => item.Score).AsMemory()),
            var name => throw new InvalidOperationException($"Column {name} has no source."),
        };

        Task Strings(Func<ScoredItem, string?> get) => group.WriteAsync(field, rows.Select(get).ToArray()!);
    }

    private static DataField<string> Text(string name, bool nullable = false) => new(name, nullable);
}
