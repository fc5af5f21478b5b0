namespace ForensicHeads.Datasets.Store;

/// <summary>Frames of a track that follow each other at the step at which it was sampled.</summary>
public static class FrameRuns
{
    /// <summary>The longest run of any track among the frames of a video; the first of several, by track.</summary>
    /// <param name="frames">At least one frame.</param>
    public static ArraySegment<FrameRecord> Longest(IEnumerable<FrameRecord> frames) => frames.GroupBy(frame => frame.Track)
        .OrderBy(track => track.Key).SelectMany(track => Of([.. track.OrderBy(frame => frame.FrameNumber)])).MaxBy(run => run.Count);

    /// <summary>So many frames from the middle of a run.</summary>
    public static ArraySegment<FrameRecord> Middle(ArraySegment<FrameRecord> run, int count) => run.Slice((run.Count - count) / 2, count);

    /// <summary>The longest runs of one track, in order. A step is the track's usual distance between frame numbers; a longer one breaks
    /// the run.</summary>
    /// <param name="track">Frames of one track by frame number.</param>
    /// <returns>Every frame in one run; none for no frames.</returns>
    public static IReadOnlyList<ArraySegment<FrameRecord>> Of(FrameRecord[] track)
    {
        ArgumentNullException.ThrowIfNull(track);
        int[] steps = [.. track.Skip(1).Zip(track, (next, frame) => next.FrameNumber - frame.FrameNumber).Order()];
        var usual = steps.Length == 0 ? 1 : Math.Max(1, steps[steps.Length / 2]);
        var (runs, begin) = (new List<ArraySegment<FrameRecord>>(), 0);
        for (var i = 1; i <= track.Length; i++)
        {
            // Sampling at a lower rate rounds to whole frames, so steps of one video differ by one.
            if (i < track.Length && track[i].FrameNumber - track[i - 1].FrameNumber is var step && step >= 1
                && step <= usual + (usual > 1 ? 1 : 0)) continue;
            runs.Add(new ArraySegment<FrameRecord>(track, begin, i - begin));
            begin = i;
        }

        return runs;
    }
}
