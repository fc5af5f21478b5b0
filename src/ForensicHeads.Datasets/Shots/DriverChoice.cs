namespace ForensicHeads.Datasets.Shots;

/// <summary>One way to take a person's driver frames, and how many frames it leaves as shots.</summary>
internal sealed record DriverChoice(string Video, IReadOnlyList<FrameRecord> Frames, int ShotCount, bool SameVideo)
{
    private readonly double start = Frames.Min(frame => frame.TimeS);
    private readonly double end = Frames.Max(frame => frame.TimeS);

    /// <summary>Every contiguous run that the rule allows and that leaves at least one shot.</summary>
    /// <param name="frames">The person's real frames by video, track and frame number.</param>
    /// <param name="options">The rule.</param>
    public static IReadOnlyList<DriverChoice> All(FrameRecord[] frames, ShotOptions options)
    {
        var videos = frames.GroupBy(frame => frame.Video, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        var same = options.DriverRule == DriverRule.SameVideo || (options.DriverRule == DriverRule.OtherVideoElseGap && videos.Count == 1);
        var result = new List<DriverChoice>();
        foreach (var (video, own) in videos.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (options.DriverVideo is { } named && named != video) continue;
            var times = own.Select(frame => frame.TimeS).Order().ToArray();
            var elsewhere = frames.Count(frame => IsElsewhere(frame, video, options));
            foreach (var run in Runs(own, options.DriverFrames))
            {
                var left = same ? CountAway(times, run, options, video) : elsewhere;
                if (left > 0) result.Add(new DriverChoice(video, run, left, same));
            }
        }

        return result;
    }

    /// <summary>The frames that may be shots beside this driver, in order.</summary>
    public IEnumerable<FrameRecord> Shots(IEnumerable<FrameRecord> frames, ShotOptions options) => frames.Where(frame => SameVideo
        ? frame.Video == Video && (options.ShotVideo is null || options.ShotVideo == Video) && IsAway(frame, options)
        : IsElsewhere(frame, Video, options));

    /// <summary>Whether another driver is at least the gap away from this one.</summary>
    public bool IsApart(DriverChoice other, ShotOptions options) =>
        other.Frames.All(frame => frame.Video != Video || IsAway(frame, options));

    private bool IsAway(FrameRecord frame, ShotOptions options) => IsAway(frame.TimeS, start, end, options.GapSeconds);

    private static bool IsElsewhere(FrameRecord frame, string video, ShotOptions options) =>
        frame.Video != video && (options.ShotVideo is null || options.ShotVideo == frame.Video);

    private static bool IsAway(double time, double first, double last, double gap) => time <= first - gap || time >= last + gap;

    private static int CountAway(double[] times, IReadOnlyList<FrameRecord> run, ShotOptions options, string video)
    {
        if (options.ShotVideo is { } named && named != video) return 0;
        var (first, last) = (run.Min(frame => frame.TimeS), run.Max(frame => frame.TimeS));
        return times.Count(time => IsAway(time, first, last, options.GapSeconds));
    }

    /// <summary>All runs of consecutive frames of a track that have this length.</summary>
    private static IEnumerable<IReadOnlyList<FrameRecord>> Runs(FrameRecord[] frames, int length) =>
        from track in frames.GroupBy(frame => frame.Track).OrderBy(same => same.Key)
        from run in FrameRuns.Of([.. track])
        from first in Enumerable.Range(0, Math.Max(0, run.Count - length + 1))
        select run.Slice(first, length).ToArray();
}
