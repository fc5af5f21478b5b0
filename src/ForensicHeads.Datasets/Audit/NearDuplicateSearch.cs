using System.Runtime.InteropServices;

namespace ForensicHeads.Datasets.Audit;

/// <summary>Exact search for pairs of hashes within a distance, across roles.</summary>
/// <remarks>
/// Two hashes that differ in at most d bits agree in at least one of d + 1 bands. Frames of one role with the same hash are one entry, and
/// entries of one role are never compared, so thousands of near-identical frames of one person cost next to nothing; the search ends at the
/// limit.
/// </remarks>
internal static class NearDuplicateSearch
{
    public sealed record Entry(ulong Hash, SplitRole Role, string Key);

    public static IReadOnlyList<(Entry A, Entry B, int Distance)> Find(IEnumerable<Entry> frames, int distance, int limit,
        CancellationToken cancellation = default)
    {
        var entries = frames.DistinctBy(entry => (entry.Hash, entry.Role)).ToArray();
        var found = new List<(Entry, Entry, int)>();
        var seen = new HashSet<(int, int)>();
        var bands = distance + 1;
        for (var band = 0; band < bands; band++)
        {
            var low = 64 * band / bands;
            var width = (64 * (band + 1) / bands) - low;
            var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
            var buckets = new Dictionary<ulong, List<int>[]>();
            for (var i = 0; i < entries.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(buckets, (entries[i].Hash >> low) & mask, out _);
                bucket ??= new List<int>[5];
                for (var role = 0; role < bucket.Length; role++)
                {
                    if (bucket[role] is not { } others || role == (int)entries[i].Role) continue;
                    foreach (var other in others)
                    {
                        var apart = PerceptualHash.Distance(entries[other].Hash, entries[i].Hash);
                        if (apart > distance || !seen.Add((other, i))) continue;
                        found.Add((entries[other], entries[i], apart));
                        if (found.Count >= limit) return found;
                    }
                }

                (bucket[(int)entries[i].Role] ??= []).Add(i);
            }
        }

        return found;
    }
}
