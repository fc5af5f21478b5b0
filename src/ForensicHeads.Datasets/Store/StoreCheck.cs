using System.IO.Hashing;
using System.Runtime.InteropServices;

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
}

/// <summary>What must hold of the rows of an index, one after another.</summary>
internal sealed class RowCheck(string store, int size)
{
    // A PNG is at most little longer than its pixels; what claims more is not read into memory.
    private readonly long longest = (4L * size * size) + (1 << 20);
    private readonly Dictionary<int, long> lengths = [];
    private readonly List<ulong> keys = [];
    private string last = "";

    /// <summary>The shards in which pictures lie.</summary>
    public IEnumerable<int> Shards => lengths.Keys;

    /// <summary>Whether each key came after the one before it, in ordinal order.</summary>
    public bool IsInOrder { get; private set; } = true;

    /// <summary>Checks the next row.</summary>
    /// <exception cref="UserErrorException">It cannot be.</exception>
    public void Add(FrameRecord frame)
    {
        var row = keys.Count;
        if (FrameCheck.Fault(frame) is { } fault) throw Damaged(row, fault);
        keys.Add(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(frame.Key.AsSpan())));
        IsInOrder &= string.CompareOrdinal(last, frame.Key) < 0;
        last = frame.Key;
        if (!lengths.TryGetValue(frame.Shard, out var length)) lengths[frame.Shard] = length = LengthOf(frame.Shard);
        if (length < 0) throw Damaged(row, $"shard {frame.Shard} is missing");
        if (frame.Offset < 0 || frame.Length < 1 || frame.Length > longest || frame.Offset > length - frame.Length)
        {
            throw Damaged(row,
                $"bytes {frame.Offset} to {frame.Offset + frame.Length} lie outside shard {frame.Shard} of {length} bytes");
        }
    }

    /// <summary>Checks that no key was there twice.</summary>
    /// <param name="again">The keys once more, asked for where two have one hash.</param>
    /// <exception cref="UserErrorException">One was.</exception>
    public void Complete(Func<IEnumerable<string>> again)
    {
        if (IsInOrder) return;
        var twice = new HashSet<ulong>();
        ulong[] sorted = [.. keys.Order()];
        for (var i = 1; i < sorted.Length; i++) if (sorted[i] == sorted[i - 1]) twice.Add(sorted[i]);
        if (twice.Count == 0) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, key) in again().Index())
            if (twice.Contains(keys[row]) && !seen.Add(key)) throw Damaged(row, $"the key '{key}' is there twice");
    }

    private UserErrorException Damaged(int row, string what) =>
        new($"{store}: row {row} of {StoreLayout.Index}: {what}. Restore the store or make it again.");

    private long LengthOf(int shard)
    {
        if (shard < 0 || !PlainFile.IsThere(store, StoreLayout.ShardEntry(shard))) return -1;
        using var file = PlainFile.Open(store, StoreLayout.ShardEntry(shard));
        return file.Length;
    }
}
