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
        return Nearest(track.Skip(LowerBound(track, frame.TimeS - StepS - ToleranceS)), earlier => earlier.TimeS, frame.TimeS);
    }

    /// <summary>Of things in order of time, the one that lies nearest to the step before a moment, the first of two that miss alike; null
    /// where none hits it.</summary>
    /// <param name="ascending">The things, whether old ones were let go or not.</param>
    /// <param name="timeOf">Their times in seconds.</param>
    /// <param name="time">The moment in seconds.</param>
    public static T? Nearest<T>(IEnumerable<T> ascending, Func<T, double> timeOf, double time)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(timeOf);
        var wanted = time - StepS;
        return ascending.SkipWhile(one => timeOf(one) < wanted - ToleranceS).TakeWhile(one => timeOf(one) <= wanted + ToleranceS)
            .MinBy(one => Math.Abs(timeOf(one) - wanted));
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
