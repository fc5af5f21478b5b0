using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Store;

/// <summary>Writes <c>index.parquet</c>; its schema is the contract that Python scripts rely on.</summary>
internal static class FrameIndex
{
    private const int RowsPerGroup = 50_000;

    /// <summary>Columns that must be there, those that are null for real frames among them. New ones every time: the library keeps a
    /// writer's state in them.</summary>
    public static ParquetSchema Schema => new(
        Text("key"), new DataField<int>("shard", false), new DataField<long>("offset", false), new DataField<long>("length", false),
        Text("identity"), Text("video"), new DataField<int>("track", false), new DataField<int>("frame_number", false),
            new DataField<double>("time_s", false),
        new ListField("landmarks", new DataField<float>(ListField.ElementName, false)), new DataField<float>("landmark_confidence", false),
        new DataField<float>("crop_x", false), new DataField<float>("crop_y", false), new DataField<float>("crop_w", false),
            new DataField<float>("crop_h", false),
        Text("source_sha256"), Text("source_codec"), new DataField<int>("source_width", false), new DataField<int>("source_height", false),
        Text("licence"), new DataField<bool>("may_generate", false), Text("group"), Text("status"), Text("label"),
        Text("generator", true), Text("weights_sha256", true), Text("mode", true), new DataField<int>("shots", true),
            new DataField<int>("draw", true),
        Text("driver_video", true), new DataField<int>("driver_frame", true), new DataField<float>("nearest_shot_distance", true));

    /// <summary>Writes all rows; nothing but the rows enters the bytes.</summary>
    public static void Write(Stream stream, IReadOnlyList<FrameRecord> frames, int rowsPerGroup = RowsPerGroup) =>
        Write(stream, frames, [.. SaidColumn.All.Where(column => frames.Any(frame => column.Of(frame) is not null))], rowsPerGroup);

    /// <summary>Writes all rows as they come, a group of them in memory at a time.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="frames">The rows.</param>
    /// <param name="said">The columns in which one of them has something to say.</param>
    /// <param name="rowsPerGroup">Rows of a group.</param>
    public static void Write(Stream stream, IEnumerable<FrameRecord> frames, IReadOnlyList<SaidColumn> said,
        int rowsPerGroup = RowsPerGroup) => Task.Run(() => WriteAsync(stream, frames, said, rowsPerGroup)).GetAwaiter().GetResult();

    private static async Task WriteAsync(Stream stream, IEnumerable<FrameRecord> frames, IReadOnlyList<SaidColumn> said, int rowsPerGroup)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy };
        var schema = new ParquetSchema([.. Schema.Fields, .. said.Select(column => Text(column.Name, true))]);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, options).ConfigureAwait(false);
        foreach (var chunk in frames.Chunk(rowsPerGroup))
        {
            using var group = writer.CreateRowGroup();
            foreach (var field in schema.GetDataFields()) await WriteColumnAsync(group, field, chunk).ConfigureAwait(false);
            group.CompleteValidate();
        }
    }

    private static Task WriteColumnAsync(ParquetRowGroupWriter group, DataField field, FrameRecord[] rows)
    {
        return field.Path.FirstPart switch
        {
            "key" => Strings(r => r.Key),
            "shard" => Values(r => r.Shard),
            "offset" => Values(r => r.Offset),
            "length" => Values(r => r.Length),
            "identity" => Strings(r => r.IdentityAsWritten),
            "video" => Strings(r => r.Video),
            "track" => Values(r => r.Track),
            "frame_number" => Values(r => r.FrameNumber),
            "time_s" => Values(r => r.TimeS),
            "landmarks" => Landmarks(),
            "landmark_confidence" => Values(r => r.LandmarkConfidence),
            "crop_x" => Values(r => r.CropX),
            "crop_y" => Values(r => r.CropY),
            "crop_w" => Values(r => r.CropW),
            "crop_h" => Values(r => r.CropH),
            "source_sha256" => Strings(r => r.SourceSha256),
            "source_codec" => Strings(r => r.SourceCodec),
            "source_width" => Values(r => r.SourceWidth),
            "source_height" => Values(r => r.SourceHeight),
            "licence" => Strings(r => r.Licence),
            "may_generate" => Values(r => r.MayGenerate),
            "group" => Strings(r => r.Group),
            "status" => Strings(r => r.Status),
            "label" => Strings(r => r.Origin.Label.Text()),
            "generator" => Strings(r => r.Origin.Generator),
            "weights_sha256" => Strings(r => r.WeightsSha256),
            "mode" => Strings(r => r.Origin.Mode?.Text()),
            "shots" => Nullables(r => r.Origin.Shots),
            "draw" => Nullables(r => r.Origin.Draw),
            "driver_video" => Strings(r => r.DriverVideo),
            "driver_frame" => Nullables(r => r.DriverFrame),
            "nearest_shot_distance" => Nullables(r => r.NearestShotDistance),
            var name => Strings(SaidColumn.All.First(column => column.Name == name).Of),
        };

        Task Strings(Func<FrameRecord, string?> get) => group.WriteAsync(field, rows.Select(get).ToArray()!);

        Task Values<T>(Func<FrameRecord, T> get)
            where T : struct => group.WriteAsync<T>(field, rows.Select(get).ToArray().AsMemory());

        Task Nullables<T>(Func<FrameRecord, T?> get)
            where T : struct => group.WriteAsync<T>(field, rows.Select(get).ToArray().AsMemory());

        Task Landmarks()
        {
            const int Numbers = 2 * Landmarks68.Count;
            var values = rows.SelectMany(r => r.Landmarks.Values).ToArray();
            var definition = new int[values.Length];
            Array.Fill(definition, field.MaxDefinitionLevel);
            var repetition = new int[values.Length];
            for (var i = 0; i < repetition.Length; i++) repetition[i] = i % Numbers == 0 ? 0 : 1;
            return group.WriteAllPartsAsync<float>(field, values, definition, repetition, CancellationToken.None);
        }
    }

    private static DataField<string> Text(string name, bool nullable = false) => new(name, nullable);
}
