namespace ForensicHeads.Datasets.Store;

/// <summary>What must hold before a store is used.</summary>
internal static class StoreCheck
{
    /// <summary>The largest picture side a store may claim; decoding is bounded by it.</summary>
    private const int MaximumSize = 4096;

    public static void Manifest(string store, StoreInfo info)
    {
        if (info.FormatVersion != StoreInfo.CurrentFormatVersion)
        {
            throw new UserErrorException(
                $"{store} has format version '{info.FormatVersion}'; this build reads '{StoreInfo.CurrentFormatVersion}'. Use the build "
                + "that made it, or make the store again.");
        }

        if (info.Size is < 1 or > MaximumSize)
        {
            throw new UserErrorException(
                $"{store} claims pictures of {info.Size} pixels a side; 1 to {MaximumSize} are allowed. Make the store again.");
        }
    }

    public static void Frames(string store, int size, IReadOnlyList<FrameRecord> frames)
    {
        // A PNG is at most little longer than its pixels; what claims more is not read into memory.
        var longest = (4L * size * size) + (1 << 20);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var lengths = new Dictionary<int, long>();
        for (var row = 0; row < frames.Count; row++)
        {
            var frame = frames[row];
            if (FrameCheck.Fault(frame) is { } fault) throw Damaged(row, fault);
            if (!keys.Add(frame.Key)) throw Damaged(row, $"the key '{frame.Key}' is there twice");
            if (!lengths.TryGetValue(frame.Shard, out var length)) lengths[frame.Shard] = length = LengthOf(frame.Shard);
            if (length < 0) throw Damaged(row, $"shard {frame.Shard} is missing");
            if (frame.Offset < 0 || frame.Length < 1 || frame.Length > longest || frame.Offset > length - frame.Length)
            {
                throw Damaged(row,
                    $"bytes {frame.Offset} to {frame.Offset + frame.Length} lie outside shard {frame.Shard} of {length} bytes");
            }
        }

        UserErrorException Damaged(int row, string what) =>
            new($"{store}: row {row} of {StoreLayout.Index}: {what}. Restore the store or make it again.");

        long LengthOf(int shard)
        {
            if (shard < 0 || !PlainFile.IsThere(store, StoreLayout.ShardEntry(shard))) return -1;
            using var file = PlainFile.Open(store, StoreLayout.ShardEntry(shard));
            return file.Length;
        }
    }
}
