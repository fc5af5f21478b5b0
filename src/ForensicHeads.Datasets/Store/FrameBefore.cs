namespace ForensicHeads.Datasets.Store;

/// <summary>Finds, for frames of a store, the frame of the same track a fifth of a second before: the step at which footage of any usual
/// rate can be compared.</summary>
/// <param name="frames">All frames among which to look.</param>
public sealed class FrameBefore(IEnumerable<FrameRecord> frames)
{
    /// <summary>Seconds between the two.</summary>
    public const double StepS = 0.2;

    /// <summary>By how many seconds the step may be missed: 24 to 30 frames a second, or 5, hit it.</summary>
    public const double ToleranceS = 0.05;

    private readonly Dictionary<(string, string, int, FrameOrigin), FrameRecord[]> tracks = frames.GroupBy(Track)
        .ToDictionary(track => track.Key, track => track.OrderBy(frame => frame.TimeS).ToArray());

    /// <summary>The frame before; null where there is none at that step.</summary>
    public FrameRecord? Of(FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (!tracks.TryGetValue(Track(frame), out var track)) return null;
        var (best, wanted) = ((FrameRecord?)null, frame.TimeS - StepS);
        for (var i = LowerBound(track, wanted - ToleranceS); i < track.Length && track[i].TimeS <= wanted + ToleranceS; i++)
        {
            if (best is null || Math.Abs(track[i].TimeS - wanted) < Math.Abs(best.TimeS - wanted)) best = track[i];
        }

        return best;
    }

    private static int LowerBound(FrameRecord[] track, double time)
    {
        var (low, high) = (0, track.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (track[middle].TimeS < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static (string, string, int, FrameOrigin) Track(FrameRecord frame) =>
        (frame.Identity, frame.Video, frame.Track, frame.Origin);
}
