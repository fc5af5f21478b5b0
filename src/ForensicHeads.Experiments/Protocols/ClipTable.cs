namespace ForensicHeads.Experiments.Protocols;

/// <summary>One row of numbers a clip.</summary>
/// <param name="Columns">The columns' names, <c>family/column</c>.</param>
/// <param name="Rows">float32[columns] by clip identifier, finite.</param>
public sealed record ClipTable(IReadOnlyList<string> Columns, IReadOnlyDictionary<string, float[]> Rows)
{
    private const string CodeVersion = "clips-1";
    private const string Deviation = ":deviation";
    private const string CleanName = "clean";

    /// <summary>The row of a clip.</summary>
    public float[] Of(Clip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Rows[clip.Id];
    }

    /// <summary>Width, height, frame rate, log bit rate, log frame count, and one column a codec.</summary>
    public static ClipTable Container(IReadOnlyDictionary<string, ContainerFacts> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var codecs = facts.Values.Select(fact => fact.Codec).Distinct().Order(StringComparer.Ordinal).ToArray();
        string[] columns =
            ["container/width", "container/height", "container/frame_rate", "container/bit_rate", "container/frames",
            .. codecs.Select(codec => "container/codec_" + codec)];
        return new ClipTable(columns, facts.ToDictionary(pair => pair.Key, pair => Row(pair.Value), StringComparer.Ordinal));

        float[] Row(ContainerFacts fact) =>
        [
            fact.Width, fact.Height, (float)fact.FrameRate, (float)Math.Log(1 + fact.BitRate), (float)Math.Log(1 + fact.DeclaredFrames),
            .. codecs.Select(codec => codec == fact.Codec ? 1f : 0f),
        ];
    }

    /// <summary>One family over each clip's frames: the mean of every column, and its deviation over the frames (divided by n).</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="family">Name of the family.</param>
    /// <param name="size">Pixels a side of the frames.</param>
    /// <param name="condition">What is done to the frames of every clip first.</param>
    /// <param name="cache">For measured features, by content; null to keep none.</param>
    /// <param name="seed">Seed of the condition.</param>
    /// <param name="progress">Frames measured.</param>
    /// <param name="cancellation">Stops between frames.</param>
    public static ClipTable Measure(
        IReadOnlyList<Clip> clips, string family, int size, ISequenceCondition condition, ContentCache? cache, long seed,
            IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(condition);
        var frames = clips.SelectMany(clip => clip.Frames).ToArray();
        // Both families of regions are measured in one go.
        var kept = family is FaceRegions.Detail or FaceRegions.Tone ? "face_regions" : family;
        var (names, measure) = kept == family
            ? Pixels(clips, FeatureLayout.Of([family], size, []), condition, progress, cancellation)
            : (FaceRegions.ColumnNames, (Func<float[][]>)(() => Regions(clips, condition, progress, cancellation)));
        var key = Hashes.OfText(
            $"{CodeVersion}\n{kept}\n{condition.Name}\n{(condition.Name == CleanName ? 0 : seed)}\n{size}\n{ClipFrames.Key(frames)}");
        var rows = FeatureCache
            .Kept(cache?.Slot($"{kept}-{PathPart.Of(condition.Name)}-{key[..16]}.cached"), key, frames.Length, names.Count, () =>
                new FeatureValues(measure())).Rows;
        var whole = OfFrames(names, clips, rows);
        return kept == family ? whole : whole.Where(column => FeatureLayout.FamilyOf(column) == family);
    }

    /// <summary>The mean of every column over each clip's frames, and its deviation (divided by n).</summary>
    /// <param name="names">The columns.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="rows">One row a frame, clip by clip.</param>
    internal static ClipTable OfFrames(IReadOnlyList<string> names, IReadOnlyList<Clip> clips, float[][] rows)
    {
        var table = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var next = 0;
        foreach (var clip in clips)
        {
            table.Add(clip.Id, MeanAndDeviation(rows.AsSpan(next, clip.Frames.Count)));
            next += clip.Frames.Count;
        }

        return new ClipTable([.. names, .. names.Select(name => name + Deviation)], table);
    }

    /// <summary>The means alone, without the deviations.</summary>
    public ClipTable Means() => Where(column => !column.EndsWith(Deviation, StringComparison.Ordinal));

    private ClipTable Where(Func<string, bool> wanted)
    {
        var kept = Enumerable.Range(0, Columns.Count).Where(c => wanted(Columns[c])).ToArray();
        return new ClipTable([.. kept.Select(c => Columns[c])],
            Rows.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(kept, c => pair.Value[c]), StringComparer.Ordinal));
    }

    private static (IReadOnlyList<string>, Func<float[][]>) Pixels(IReadOnlyList<Clip> clips, FeatureLayout layout,
        ISequenceCondition condition, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        (layout.ColumnNames, () =>
        {
            var before = layout.HasPairs ? clips.SelectMany(clip => clip.Frames).Select(frame => frame.Store).Distinct()
                .ToDictionary(store => store, store => new FrameBefore(store.Frames)) : [];
            return ClipFrames.Measure($"features ({condition.Name})", clips, condition, pictures => FeatureExtractor.Extract(
                pictures.Count, i => pictures[i].Picture, layout.HasPairs ? i => Before(pictures[i].Frame) : null, layout, null,
                cancellation), progress, cancellation);

            RgbImage? Before(ExperimentFrame frame) =>
                before[frame.Store].Of(frame.Record) is { } earlier ? frame.Store.ReadImage(earlier) : null;
        }
    );

    // Regions need the landmarks beside the pixels, so they are no family of a layout.
    private static float[][] Regions(IReadOnlyList<Clip> clips, ISequenceCondition condition, IProgress<StepProgress>? progress,
        CancellationToken cancellation) =>
        ClipFrames.Measure(
                $"face_regions ({condition.Name})",
            clips,
            condition,
            pictures =>
            {
                var rows = new float[pictures.Count][];
                ParallelLoop.Run(pictures.Count, i =>
                    rows[i] = FaceRegions.Of(pictures[i].Picture, pictures[i].Frame.Record.Landmarks), cancellation);
                return rows;
            },
            progress,
            cancellation);

    private static float[] MeanAndDeviation(ReadOnlySpan<float[]> frames)
    {
        var columns = frames[0].Length;
        var result = new float[2 * columns];
        for (var c = 0; c < columns; c++)
        {
            // A frame with none before it knows nothing of a pair.
            double sum = 0, squares = 0;
            var known = 0;
            foreach (var row in frames)
            {
                if (float.IsNaN(row[c])) continue;
                sum += row[c];
                known++;
            }

            var mean = sum / known;
            foreach (var row in frames) if (!float.IsNaN(row[c])) squares += (row[c] - mean) * (row[c] - mean);
            result[c] = (float)mean;
            result[columns + c] = (float)Math.Sqrt(squares / known);
        }

        return result;
    }
}
