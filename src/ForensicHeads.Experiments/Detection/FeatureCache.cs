namespace ForensicHeads.Experiments.Detection;

/// <summary>The features of frames under one condition, cached by content.</summary>
internal static class FeatureCache
{
    private const string CodeVersion = "features-2";

    /// <summary>Where a fold's cache keeps the features of a condition.</summary>
    /// <param name="cache">The fold's cache.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="of">Which frames, where not all of the fold.</param>
    public static CacheSlot SlotIn(ContentCache cache, ISequenceCondition condition, string of = "") =>
        cache.Slot($"features-{(of.Length > 0 ? of + "-" : "")}{PathPart.Of(condition.Name)}.cached");

    public static FeatureTable Measure(
        IReadOnlyList<ExperimentFrame> frames,
        ISequenceCondition condition,
        FeatureLayout layout,
        ILandmarkFinder? finder,
        CacheSlot slot,
        long seed,
        bool decibels,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var stores = string.Join('\n', frames.Select(frame => frame.Store.ContentHash).Distinct(StringComparer.Ordinal));
        var keys = Hashes.OfText(string.Join('\n', frames.Select(frame => frame.Record.Key)));
        var found = finder is null ? "" : "\n" + finder.Name;
        var key = Hashes.OfText(
            $"{CodeVersion}\n{condition.Name}\n{seed}\n{decibels}\n{layout.Size}\n"
            + $"{string.Join(',', layout.Families)}{found}\n{keys}\n{stores}");
        FeatureValues Now() => ConditionedFrames.Measure(frames, condition, layout, finder, null, decibels, progress, cancellation);
        return new FeatureTable(frames, layout.ColumnNames, Kept(slot, key, frames.Count, layout.Length, Now));
    }

    /// <summary>The rows that a slot keeps under a key, else measured and kept; without a slot, measured.</summary>
    public static FeatureValues Kept(CacheSlot? slot, string key, int rows, int columns, Func<FeatureValues> measure)
    {
        if (slot is null) return measure();
        if (Cached(slot, key, rows, columns) is { } cached) return cached;
        var measured = measure();
        NamedTensor[] tensors =
        [
            new NamedTensor("features", [rows, columns], [.. measured.Rows.SelectMany(row => row)]),
            .. measured.BitsPerFrame is { } bits ? [new NamedTensor("bits_per_frame", [bits.Length], bits)] : Array.Empty<NamedTensor>(),
            .. measured.Decibels is { } psnr ? [new NamedTensor("decibels", [psnr.Length], psnr)] : Array.Empty<NamedTensor>(),
        ];
        slot.Keep(key, SafetensorsFile.ToBytes(tensors, new Dictionary<string, string>()));
        return measured;
    }

    private static FeatureValues? Cached(CacheSlot slot, string key, int rows, int columns)
    {
        if (slot.Find(key) is not { } bytes) return null;
        try
        {
            var content = SafetensorsFile.Parse(bytes, slot.Name);
            var values = NetworkFile.Find(content, "features", [rows, columns], slot.Name).Values;
            float[]? Column(string name) =>
                content.Tensors.ContainsKey(name) ? NetworkFile.Find(content, name, [rows], slot.Name).Values : null;
            return new FeatureValues([.. Enumerable.Range(0, rows).Select(row => values[(row * columns)..((row + 1) * columns)])],
                Column("bits_per_frame"), Column("decibels"));
        }
        catch (UserErrorException)
        {
            // A damaged entry is measured again, not used.
            return null;
        }
    }
}
