using System.Globalization;

namespace ForensicHeads.Datasets.Shots;

/// <summary>Draws nested shots (1 ⊂ 8 ⊂ 32) and the driver frames they are judged by, fairly between shot counts.</summary>
public static class ShotSampler
{
    /// <summary>Plans a person. Too few frames are no error: the plan says which shot counts are possible and why not the others.</summary>
    /// <param name="store">A store of real frames.</param>
    /// <param name="identity">The person.</param>
    /// <param name="options">What is wanted; default when null.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    public static ShotPlan Make(FrameStore store, string identity, ShotOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new ShotOptions();
        options.Validate();
        int[] counts = [.. options.ShotCounts.Distinct().Order()];
        var frames = store.FramesOf(identity).Where(frame => frame.IsReal).ToArray();
        if (frames.Length == 0) return Nothing("the store holds no real frame of this person");

        var candidates = DriverChoice.All(frames, options);
        if (candidates.Count == 0)
        {
            var where = options.DriverVideo is null ? "no video" : $"video '{options.DriverVideo}' does not exist or";
            return Nothing(string.Create(CultureInfo.InvariantCulture,
                $"{where} leaves {options.DriverFrames} contiguous driver frames and at least one shot{Rule(options)}"));
        }

        // The runs that leave most shots (as far as they are wanted) stand to the draw; then one of them at random.
        var wanted = counts[^1];
        var best = candidates.Max(choice => Math.Min(choice.ShotCount, wanted));
        var random = new SeededRandom(options.Seed, "driver/" + identity);
        var videos = candidates.Where(choice => Math.Min(choice.ShotCount, wanted) == best)
            .GroupBy(choice => choice.Video, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        var driver = random.Pick(random.Pick(videos));
        var possible = counts.Where(count => count <= driver.ShotCount).ToArray();
        if (possible.Length == 0) return Nothing($"{driver.ShotCount} frames can be shots{Rule(options)}, {counts[0]} are needed");

        var pool = driver.Shots(frames, options).ToArray();
        var hashes = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var draws = Enumerable.Range(0, options.Draws).Select(draw =>
        {
            var shots = Spread(pool, possible[^1], new SeededRandom(options.Seed, FormattableString.Invariant($"shots/{identity}/{draw}")));
            return new ShotDraw(draw, shots, possible.ToDictionary(count => count, count => Distances(shots.Take(count))));
        }).ToArray();
        var reason = possible.Length == counts.Length ? null
            : $"{driver.ShotCount} frames can be shots{Rule(options)}, {counts[possible.Length]} are needed for the next shot count";
        return new ShotPlan(identity, driver.Video, driver.Frames, draws, possible, reason);

        ShotPlan Nothing(string why) => new(identity, null, [], [], [], why);

        IReadOnlyList<int> Distances(IEnumerable<FrameRecord> shots)
        {
            var near = shots.Select(Hash).ToArray();
            return [.. driver.Frames.Select(frame => near.Min(shot => PerceptualHash.Distance(shot, Hash(frame))))];
        }

        ulong Hash(FrameRecord frame)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!hashes.TryGetValue(frame.Key, out var hash)) hashes[frame.Key] = hash = PerceptualHash.Of(store.ReadImage(frame));
            return hash;
        }
    }

    /// <summary>
    /// One random frame from each of <paramref name="count"/> equal stretches of the pool, in an order that halves the gaps again and again
    /// (van der Corput), begun anywhere: so every prefix is spread over the videos, too.
    /// </summary>
    private static FrameRecord[] Spread(FrameRecord[] pool, int count, SeededRandom random)
    {
        var picks = new FrameRecord[count];
        for (var i = 0; i < count; i++)
        {
            var from = (int)((long)i * pool.Length / count);
            var to = (int)((long)(i + 1) * pool.Length / count);
            picks[i] = pool[from + random.NextInt(to - from)];
        }

        var bits = 0;
        while (1 << bits < count) bits++;
        var start = random.NextInt(count);
        return [.. Enumerable.Range(0, 1 << bits).Select(i => Reverse(i, bits)).Where(i => i < count)
            .Select(i => picks[(i + start) % count])];
    }

    private static int Reverse(int value, int bits)
    {
        var result = 0;
        for (var bit = 0; bit < bits; bit++) result |= ((value >> bit) & 1) << (bits - 1 - bit);
        return result;
    }

    private static string Rule(ShotOptions options) => options.DriverRule switch
    {
        DriverRule.OtherVideoOnly => " in another video",
        DriverRule.SameVideo => FormattableString.Invariant($" at least {options.GapSeconds} s away in the same video"),
        _ => FormattableString.Invariant($" in another video, or at least {options.GapSeconds} s away where there is one video only"),
    };
}

/// <summary>One way to take a person's driver frames, and how many frames it leaves as shots.</summary>
internal sealed record DriverChoice(string Video, IReadOnlyList<FrameRecord> Frames, int ShotCount, bool SameVideo)
{
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
    public IEnumerable<FrameRecord> Shots(IEnumerable<FrameRecord> frames, ShotOptions options)
    {
        var (first, last) = (Frames.Min(frame => frame.TimeS), Frames.Max(frame => frame.TimeS));
        return frames.Where(frame => SameVideo
            ? frame.Video == Video && (options.ShotVideo is null || options.ShotVideo == Video)
            && IsAway(frame.TimeS, first, last, options.GapSeconds)
            : IsElsewhere(frame, Video, options));
    }

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
