using System.Globalization;
namespace ForensicHeads.Experiments.Protocols;

/// <summary>Finds clips that show the same footage under other names, and ties them together so that they never stand on two
/// sides.</summary>
/// <remarks>
/// What the leak audit asks of frames in two roles is asked of the sampled frames of every two clips that nothing ties yet (person, group,
/// driver, source): perceptual hashes a few bits apart. Every two clips are compared, so nothing is missed; that is a count of bits for
/// each pair of frames, a second for ten thousand of them.
/// </remarks>
internal static class NearDuplicateClips
{
    /// <summary>The same clips, those with near-duplicate frames linked, with a line for each pair of them.</summary>
    public static ClipSet Link(ClipSet set, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var hashes = Hash(set.Clips, progress, cancellation);
        var most = new LeakAuditOptions().MaximumHashDistance;
        var found = new List<(int A, int B, int Distance)>[set.Clips.Count];
        ParallelLoop.Run(set.Clips.Count, a => found[a] = [.. Others(a)], cancellation);
        var pairs = found.SelectMany(list => list).ToArray();
        if (pairs.Length == 0) return set;
        var links = set.Clips.Select(clip => new HashSet<string>(clip.Links, StringComparer.Ordinal)).ToArray();
        foreach (var (a, b, _) in pairs)
        {
            var link = $"footage of {set.Clips[a].Id} and {set.Clips[b].Id}";
            links[a].Add(link);
            links[b].Add(link);
        }

        return set with
        {
            Clips = [.. set.Clips.Select((clip, i) => clip with { Links = links[i] })],
            NearDuplicates =
                [.. pairs.Select(pair =>
                    string.Create(CultureInfo.InvariantCulture,
                $"{set.Clips[pair.A].Id} and {set.Clips[pair.B].Id}: frames look the same (perceptual hashes {pair.Distance} of 64 bits "
                + $"apart, {most} or fewer count)"))],
        };

        IEnumerable<(int, int, int)> Others(int a)
        {
            for (var b = a + 1; b < set.Clips.Count; b++)
            {
                if (Nearest(hashes[a], hashes[b]) is var distance && distance <= most && !set.Clips[a].Links.Overlaps(set.Clips[b].Links))
                    yield return (a, b, distance);
            }
        }
    }

    private static int Nearest(ulong[] a, ulong[] b)
    {
        var nearest = 64;
        foreach (var one in a) foreach (var other in b) nearest = Math.Min(nearest, PerceptualHash.Distance(one, other));
        return nearest;
    }

    // Each clip's different hashes.
    private static ulong[][] Hash(IReadOnlyList<Clip> clips, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var frames = clips.SelectMany((clip, i) => clip.Frames.Select(frame => (Clip: i, Frame: frame))).ToArray();
        var hashes = new ulong[frames.Length];
        long done = 0;
        ParallelLoop.Run(
            frames.Length,
            i =>
            {
                hashes[i] = PerceptualHash.Of(frames[i].Frame.Read());
                if (Interlocked.Increment(ref done) is var now && (now % 64 == 0 || now == frames.Length))
                    progress?.Report(new StepProgress("comparing", now, frames.Length,
                        "frames"));
            },
            cancellation);
        var byClip = frames.Select((entry, i) => (entry.Clip, Hash: hashes[i])).ToLookup(entry => entry.Clip, entry => entry.Hash);
        return [.. Enumerable.Range(0, clips.Count).Select(i => byClip[i].Distinct().ToArray())];
    }
}
