using System.Globalization;
using Parquet;

namespace ForensicHeads.Datasets.Store;

/// <summary>Reads <c>index.parquet</c>, ours or one written by pandas or DuckDB: wider numbers and nullable columns are taken if their
/// values fit.</summary>
internal static class FrameIndexReader
{
    // Far longer than an index of a million frames takes, on a busy machine too.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The rows, and SHA-256 of the file that held them.</summary>
    public static (IReadOnlyList<FrameRecord> Frames, string Sha256) Read(string store)
    {
        var path = Path.Combine(store, StoreLayout.Index);
        try
        {
            using var stream = PlainFile.Open(store, StoreLayout.Index);
            ParquetFooter.Check(stream);
            stream.Position = 0;
            var hash = Hashes.Of(stream);
            stream.Position = 0;
            // The library can be made to run in circles by a damaged page, too; what it does then ends with the process.
            return (Task.Run(() => ReadAsync(stream, path)).WaitAsync(Patience).GetAwaiter().GetResult(), hash);
        }
        catch (UserErrorException)
        {
            throw;
        }
        catch (Exception error)
        {
            // Parquet.Net answers a damaged file with whatever its parser trips over, an array too large to be among them.
            throw new UserErrorException(
                $"{path} cannot be read as Parquet: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Make the store again or "
                + "restore the file.", inner: error);
        }
    }

    private static async Task<IReadOnlyList<FrameRecord>> ReadAsync(FileStream stream, string path)
    {
        await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
        var missing = FrameIndex.Schema.Fields.Select(field => field.Name)
            .Where(name => reader.Schema.Fields.All(field => field.Name != name)).ToArray();
        if (missing.Length > 0)
        {
            throw new UserErrorException(
                $"{path} lacks the column{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)}. Add them (nullable ones may "
                + "hold nulls) or make the store again.");
        }

        var frames = new List<FrameRecord>();
        var pool = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            frames.AddRange(await ReadGroupAsync(new IndexColumns(path, stream.Length, reader.Schema, group, frames.Count, pool))
                .ConfigureAwait(false));
        }

        return frames;
    }

    private static async Task<FrameRecord[]> ReadGroupAsync(IndexColumns columns)
    {
        var key = await columns.Texts("key").ConfigureAwait(false);
        var shard = await columns.Integers("shard").ConfigureAwait(false);
        var offset = await columns.Integers("offset").ConfigureAwait(false);
        var length = await columns.Integers("length").ConfigureAwait(false);
        var identity = await columns.Texts("identity").ConfigureAwait(false);
        var video = await columns.Texts("video").ConfigureAwait(false);
        var track = await columns.Integers("track").ConfigureAwait(false);
        var frameNumber = await columns.Integers("frame_number").ConfigureAwait(false);
        var time = await columns.Reals("time_s").ConfigureAwait(false);
        var landmarks = await columns.Landmarks("landmarks").ConfigureAwait(false);
        var confidence = await columns.Reals("landmark_confidence").ConfigureAwait(false);
        var cropX = await columns.Reals("crop_x").ConfigureAwait(false);
        var cropY = await columns.Reals("crop_y").ConfigureAwait(false);
        var cropW = await columns.Reals("crop_w").ConfigureAwait(false);
        var cropH = await columns.Reals("crop_h").ConfigureAwait(false);
        var sourceHash = await columns.Texts("source_sha256").ConfigureAwait(false);
        var codec = await columns.Texts("source_codec").ConfigureAwait(false);
        var sourceWidth = await columns.Integers("source_width").ConfigureAwait(false);
        var sourceHeight = await columns.Integers("source_height").ConfigureAwait(false);
        var licence = await columns.Texts("licence").ConfigureAwait(false);
        var mayGenerate = await columns.Flags("may_generate").ConfigureAwait(false);
        var origin = await columns.Texts("group").ConfigureAwait(false);
        var status = await columns.Texts("status").ConfigureAwait(false);
        var label = await columns.Texts("label").ConfigureAwait(false);
        var generator = await columns.Texts("generator", nullable: true).ConfigureAwait(false);
        var weights = await columns.Texts("weights_sha256", nullable: true).ConfigureAwait(false);
        var mode = await columns.Texts("mode", nullable: true).ConfigureAwait(false);
        var shots = await columns.Integers("shots", nullable: true).ConfigureAwait(false);
        var draw = await columns.Integers("draw", nullable: true).ConfigureAwait(false);
        var driverVideo = await columns.Texts("driver_video", nullable: true).ConfigureAwait(false);
        var driverFrame = await columns.Integers("driver_frame", nullable: true).ConfigureAwait(false);
        var distance = await columns.Reals("nearest_shot_distance", nullable: true).ConfigureAwait(false);

        var said = new List<(SaidColumn Column, string?[] Texts)>();
        foreach (var column in SaidColumn.All.Where(column => columns.Has(column.Name)))
            said.Add((column, await columns.Texts(column.Name, nullable: true).ConfigureAwait(false)));

        return [.. Enumerable.Range(0, key.Length).Select(i => said.Aggregate(Row(i), (row, item) =>
            item.Texts[i] is { Length: > 0 } text ? item.Column.With(row, text) : row))];

        FrameRecord Row(int i) => new()
        {
            Key = key[i]!,
            Shard = Int("shard", shard[i]),
            Offset = offset[i]!.Value,
            Length = length[i]!.Value,
            Identity = identity[i]!,
            Video = video[i]!,
            Track = Int("track", track[i]),
            FrameNumber = Int("frame_number", frameNumber[i]),
            TimeS = time[i]!.Value,
            Landmarks = landmarks[i],
            LandmarkConfidence = (float)confidence[i]!.Value,
            CropX = (float)cropX[i]!.Value,
            CropY = (float)cropY[i]!.Value,
            CropW = (float)cropW[i]!.Value,
            CropH = (float)cropH[i]!.Value,
            SourceSha256 = sourceHash[i]!,
            SourceCodec = codec[i]!,
            SourceWidth = Int("source_width", sourceWidth[i]),
            SourceHeight = Int("source_height", sourceHeight[i]),
            Licence = licence[i]!,
            MayGenerate = mayGenerate[i],
            Group = origin[i]!,
            Status = status[i]!,
            Origin = Origin(i),
            WeightsSha256 = weights[i],
            DriverVideo = driverVideo[i],
            DriverFrame = driverFrame[i] is null ? null : Int("driver_frame", driverFrame[i]),
            NearestShotDistance = (float?)distance[i],
        };

        FrameOrigin Origin(int i)
        {
            var made = new FrameOrigin
            {
                Label = OriginText.LabelOf(label[i]) ?? throw Wrong("label", label[i]!, "real and generated", i),
                Generator = generator[i],
                Mode = mode[i] is { } text ? OriginText.ModeOf(text) ?? throw Wrong("mode", text, "ff, ft and null", i) : null,
                Shots = shots[i] is null ? null : Int("shots", shots[i]),
                Draw = draw[i] is null ? null : Int("draw", draw[i]),
            };
            return made == FrameOrigin.Real ? FrameOrigin.Real : made;
        }

        UserErrorException Wrong(string name, string value, string allowed, int row) => new(
            FormattableString.Invariant($"{columns.Path}: {name} in row {columns.FirstRow + row} is '{value}'; allowed are {allowed}. ")
            + "Mend the value or make the store again.");

        int Int(string name, long? value) => value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new UserErrorException(string.Create(
                CultureInfo.InvariantCulture, $"{columns.Path}: {name} = {value} does not fit 32 bits. Make the store again."));
    }
}
