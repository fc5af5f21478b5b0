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
        DriverChoice[] most = [.. candidates.Where(choice => Math.Min(choice.ShotCount, wanted) == best)];
        if (options.KeepsReferences) most = LeavingReferences(most, frames, counts.LastOrDefault(count => count <= best), options);
        var videos = most.GroupBy(choice => choice.Video, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        var driver = random.Pick(random.Pick(videos));
        var possible = counts.Where(count => count <= driver.ShotCount).ToArray();
        if (possible.Length == 0) return Nothing($"{driver.ShotCount} frames can be shots{Rule(options)}, {counts[0]} are needed");

        var (clips, pool) = Clips(driver, candidates, frames, possible[^1], options, random);
        var kept = options.KeepsReferences ? ReferenceVideo(pool, possible[^1], identity, options.Seed) : null;
        if (kept is not null) pool = [.. pool.Where(frame => frame.Video != kept)];
        else if (options.KeepsReferences && driver.SameVideo && BesideReferences(pool, possible[^1], options) is { Room: > 0 } part)
            pool = part.Shots;
        var hashes = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var draws = Enumerable.Range(0, options.Draws).Select(draw =>
        {
            var shots = Draw(pool, identity, possible[^1], draw, options.Seed);
            return new ShotDraw(draw, shots, possible.ToDictionary(count => count, count => Distances(shots.Take(count))));
        }).ToArray();
        var reason = possible.Length == counts.Length ? null
            : $"{driver.ShotCount} frames can be shots{Rule(options)}, {counts[possible.Length]} are needed for the next shot count";
        return new ShotPlan(identity, [.. clips.Select(clip => clip.Frames)], draws, possible, reason) { ReferenceVideo = kept };

        ShotPlan Nothing(string why) => new(identity, [], [], [], why);

        IReadOnlyList<int> Distances(IEnumerable<FrameRecord> shots)
        {
            var near = shots.Select(Hash).ToArray();
            return [.. clips.SelectMany(clip => clip.Frames).Select(frame => near.Min(shot => PerceptualHash.Distance(shot, Hash(frame))))];
        }

        ulong Hash(FrameRecord frame)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!hashes.TryGetValue(frame.Key, out var hash)) hashes[frame.Key] = hash = PerceptualHash.Of(store.ReadImage(frame));
            return hash;
        }
    }

    /// <summary>T shots of one video: those that a plan draws whose shots may come from this video alone (of people with two videos, whose
    /// driver lies in the other).</summary>
    /// <remarks>A plan draws as many as the largest shot count that there are frames for, and the shots for T are the first T of them. So
    /// this draws as many as the largest of T and the usual counts (<see cref="ShotOptions.ShotCounts"/>).</remarks>
    /// <param name="store">A store of real frames.</param>
    /// <param name="identity">The person.</param>
    /// <param name="video">One of their videos.</param>
    /// <param name="count">T, from 1.</param>
    /// <param name="draw">Which draw, from 0.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <exception cref="UserErrorException">T is out of range, or more than the video has frames; or the draw is negative.</exception>
    public static IReadOnlyList<FrameRecord> OfVideo(FrameStore store, string identity, string video, int count, int draw, long seed)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (count < 1) throw new UserErrorException($"--shots is {count}; allowed is 1 or more.", exitCode: 2);
        if (draw < 0) throw new UserErrorException($"--draw is {draw}; allowed is 0 or more.", exitCode: 2);
        var pool = store.FramesOf(identity).Where(frame => frame.IsReal && frame.Video == video).ToArray();
        if (count > pool.Length) throw new UserErrorException(
            $"--shots is {count}, but video '{video}' of {store.Path} has {pool.Length} frames. Use --shots {pool.Length} or fewer, or a "
            + "longer video.");
        var most = new ShotOptions().ShotCounts.Append(count).Where(one => one <= pool.Length).Max();
        return Draw(pool, identity, most, draw, seed)[..count];
    }

    /// <summary>Frames of a pool, spread over it, so that the first R of them are, too.</summary>
    /// <param name="pool">In order; at least <paramref name="count"/>.</param>
    /// <param name="identity">The person.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of all draws.</param>
    public static IReadOnlyList<FrameRecord> References(IReadOnlyList<FrameRecord> pool, string identity, int count, long seed) =>
        Spread([.. pool], count, new SeededRandom(seed, "references/" + identity));

    // The first driver and further ones beside it, and the frames that may be shots beside them all.
    private static (List<DriverChoice> Clips, FrameRecord[] Pool) Clips(DriverChoice first, IReadOnlyList<DriverChoice> candidates,
        FrameRecord[] frames, int shots, ShotOptions options, SeededRandom random)
    {
        List<DriverChoice> clips = [first];
        FrameRecord[] pool = [.. first.Shots(frames, options)];
        var references = options.KeepsReferences && Spare(pool, shots).Length > 0;
        while (clips.Count < options.DriverClips)
        {
            // Videos without a clip first; in both halves any video, any place.
            DriverChoice[] order =
            [
                .. random.Permutation(candidates.Count).Select(i => candidates[i])
                    .Where(choice => clips.All(clip => clip.IsApart(choice, options)))
                    .OrderBy(choice => clips.Count(clip => clip.Video == choice.Video)),
            ];
            if (order.Select(choice => (Choice: choice, Pool: choice.Shots(pool, options).ToArray()))
                .FirstOrDefault(next => next.Pool.Length >= shots && (!references || Spare(next.Pool, shots).Length > 0)) is not
                { Choice: not null } chosen) break;
            clips.Add(chosen.Choice);
            pool = chosen.Pool;
        }

        return (clips, pool);
    }

    // Videos that the shots can do without.
    private static string[] Spare(FrameRecord[] pool, int shots) =>
        [.. pool.GroupBy(frame => frame.Video, StringComparer.Ordinal).Where(video => pool.Length - video.Count() >= shots)
            .Select(video => video.Key).Order(StringComparer.Ordinal)];

    private static string? ReferenceVideo(FrameRecord[] pool, int shots, string identity, long seed)
    {
        var spare = Spare(pool, shots);
        return spare.Length == 0 ? null : new SeededRandom(seed, "reference-video/" + identity).Pick(spare);
    }

    // Of drivers in the only video there is, those beside which shots and references have most room, as far as it is wanted.
    private static DriverChoice[] LeavingReferences(DriverChoice[] choices, FrameRecord[] frames, int shots, ShotOptions options)
    {
        if (shots == 0 || !choices.All(choice => choice.SameVideo)) return choices;
        int[] room =
            [.. choices.Select(choice => Math.Min(shots, BesideReferences([.. choice.Shots(frames, options)], shots, options).Room))];
        return [.. choices.Where((_, i) => room[i] == room.Max())];
    }

    // The earlier or the later part of a video, for shots: the rest, a gap away, stays free for references. The parts are as equal as the
    // number of shots lets them be, and the room is the smaller one's; 0 where both cannot be.
    private static (FrameRecord[] Shots, int Room) BesideReferences(FrameRecord[] pool, int shots, ShotOptions options)
    {
        FrameRecord[] ordered = [.. pool.OrderBy(frame => frame.TimeS)];
        var (best, room, later) = (Array.Empty<FrameRecord>(), 0, 0);
        for (var i = 1; i < ordered.Length; i++)
        {
            later = Math.Max(later, i);
            while (later < ordered.Length && ordered[later].TimeS - ordered[i - 1].TimeS < options.GapSeconds) later++;
            var (before, after) = (i, ordered.Length - later);
            if (Math.Min(before, after) <= room) continue;
            if (before >= shots) (best, room) = (ordered[..i], Math.Min(before, after));
            else if (after >= shots) (best, room) = (ordered[later..], Math.Min(before, after));
        }

        return (best, room);
    }

    private static FrameRecord[] Draw(FrameRecord[] pool, string identity, int count, int draw, long seed) =>
        Spread(pool, count, new SeededRandom(seed, FormattableString.Invariant($"shots/{identity}/{draw}")));

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
