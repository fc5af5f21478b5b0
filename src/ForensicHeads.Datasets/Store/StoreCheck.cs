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
    // Only as long as keys may be.
    private readonly char[] last = new char[StoreLayout.MaximumKeyLength];
    private int lastLength;
    private (int Shard, long Length) lastShard = (-1, -1);

    /// <summary>The shards in which pictures lie.</summary>
    public IEnumerable<int> Shards => lengths.Keys;

    /// <summary>How many rows there were.</summary>
    public int Rows => keys.Count;

    /// <summary>Whether each key came after the one before it, in ordinal order.</summary>
    public bool IsInOrder { get; private set; } = true;

    /// <summary>Looks at the values of the next row.</summary>
    /// <exception cref="UserErrorException">One of them cannot be.</exception>
    public void Look(FrameRecord frame)
    {
        if (FrameCheck.Fault(frame) is { } fault) throw Damaged(keys.Count, fault);
    }

    /// <summary>Adds the next row.</summary>
    /// <param name="key">Its key, one that may be.</param>
    /// <param name="place">Where its picture lies.</param>
    /// <exception cref="UserErrorException">No picture can lie there.</exception>
    public void Add(ReadOnlySpan<char> key, (int Shard, long Offset, long Length) place)
    {
        var row = keys.Count;
        keys.Add(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key)));
        IsInOrder &= last.AsSpan(0, lastLength).SequenceCompareTo(key) < 0;
        key.CopyTo(last);
        lastLength = key.Length;
        if (lastShard.Shard != place.Shard) lastShard = (place.Shard, LengthOf(place.Shard));
        var length = lastShard.Length;
        if (length < 0) throw Damaged(row, $"shard {place.Shard} is missing");
        if (place.Offset < 0 || place.Length < 1 || place.Length > longest || place.Offset > length - place.Length)
        {
            throw Damaged(row,
                $"bytes {place.Offset} to {place.Offset + place.Length} lie outside shard {place.Shard} of {length} bytes");
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
        if (!lengths.TryGetValue(shard, out var length)) lengths[shard] = length = Measured(shard);
        return length;
    }

    private long Measured(int shard)
    {
        if (shard < 0 || !PlainFile.IsThere(store, StoreLayout.ShardEntry(shard))) return -1;
        using var file = PlainFile.Open(store, StoreLayout.ShardEntry(shard));
        return file.Length;
    }
}
