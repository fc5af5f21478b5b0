using System.Globalization;

namespace ForensicHeads.Datasets.Store;

/// <summary>A row of an index.</summary>
/// <param name="Number">Its place in the file, from 0.</param>
/// <param name="Clip">What it has in common with its neighbours: the same values but in columns of a single frame, which are empty. Rows
/// that follow each other have one object as their clip.</param>
/// <param name="Frame">The row; its landmarks are null where they are left in the file.</param>
internal readonly record struct IndexRow(int Number, FrameRecord Clip, FrameRecord Frame);

/// <summary>The rows of one row group, column by column; a row is made when it is asked for.</summary>
/// <param name="chosen">The rows that are wanted.</param>
/// <param name="row">Makes a row.</param>
internal sealed class IndexRows(List<int> chosen, Func<int, IndexRow> row)
{
    /// <summary>The rows that are wanted.</summary>
    public IEnumerable<IndexRow> Wanted() => chosen.Select(row);

    /// <summary>Reads the columns of a group.</summary>
    public static async Task<IndexRows> ReadAsync(IndexColumns columns, bool withLandmarks, Func<FrameRecord, int, bool>? wanted)
    {
        var key = await columns.Texts("key", repeats: false).ConfigureAwait(false);
        var shard = await columns.Integers("shard").ConfigureAwait(false);
        var offset = await columns.Integers("offset").ConfigureAwait(false);
        var length = await columns.Integers("length").ConfigureAwait(false);
        var identity = await columns.Texts("identity").ConfigureAwait(false);
        var video = await columns.Texts("video").ConfigureAwait(false);
        var track = await columns.Integers("track").ConfigureAwait(false);
        var frameNumber = await columns.Integers("frame_number").ConfigureAwait(false);
        var time = await columns.Reals("time_s").ConfigureAwait(false);
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

        string?[][] texts = [identity, video, sourceHash, codec, licence, origin, status, label, generator, weights, mode, driverVideo,
            .. said.Select(column => column.Texts)];
        long?[][] numbers = [track, sourceWidth, sourceHeight, shots, draw];
        var clips = new FrameRecord[key.Length];
        var chosen = new List<int>();
        for (var i = 0; i < clips.Length; i++)
        {
            clips[i] = i > 0 && IsSame(i) ? clips[i - 1]
                : said.Aggregate(Clip(i), (row, item) => item.Texts[i] is { Length: > 0 } text ? item.Column.With(row, text) : row);
            if (wanted?.Invoke(clips[i], columns.FirstRow + i) ?? true) chosen.Add(i);
        }

        columns.CheckLandmarks("landmarks");
        var landmarks = withLandmarks && chosen.Count > 0 ? await columns.Landmarks("landmarks").ConfigureAwait(false) : null;
        return new IndexRows(chosen, i => new IndexRow(columns.FirstRow + i, clips[i], Frame(i)));

        // Texts that repeat are one object.
        bool IsSame(int i)
        {
            foreach (var column in texts) if (!ReferenceEquals(column[i], column[i - 1])) return false;
            foreach (var column in numbers) if (column[i] != column[i - 1]) return false;
            return mayGenerate[i] == mayGenerate[i - 1];
        }

        FrameRecord Clip(int i) => new()
        {
            Key = "",
            Landmarks = null!,
            Identity = identity[i]!,
            Video = video[i]!,
            Track = Int("track", track[i]),
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
        };

        FrameRecord Frame(int i) => clips[i] with
        {
            Landmarks = landmarks is null ? null!
                : new Landmarks68(landmarks.AsSpan(i * IndexColumns.Numbers, IndexColumns.Numbers).ToArray()),
            Key = key[i]!,
            Shard = Int("shard", shard[i]),
            Offset = offset[i]!.Value,
            Length = length[i]!.Value,
            FrameNumber = Int("frame_number", frameNumber[i]),
            TimeS = time[i]!.Value,
            LandmarkConfidence = (float)confidence[i]!.Value,
            CropX = (float)cropX[i]!.Value,
            CropY = (float)cropY[i]!.Value,
            CropW = (float)cropW[i]!.Value,
            CropH = (float)cropH[i]!.Value,
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
