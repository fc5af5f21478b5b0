namespace ForensicHeads.Experiments.Plan;

/// <summary>One person's shots and drivers, decoded at the generator's size.</summary>
public sealed class PersonPlan
{
    private readonly FrameStore store;
    private readonly int size;

    /// <summary>Binds a plan to its store and to the size of the experiment.</summary>
    public PersonPlan(FrameStore store, ShotPlan plan, int size)
    {
        this.store = store;
        this.size = size;
        Plan = plan;
    }

    /// <summary>Who, which frames.</summary>
    public ShotPlan Plan { get; }

    /// <summary>The driver frames, those of a second clip of a video under a name of their own: each clip is a sequence.</summary>
    public IReadOnlyList<FrameRecord> DriverRecords =>
    [
        .. Plan.DriverClips.SelectMany((clip, i) =>
        {
            var before = Plan.DriverClips.Take(i).Count(other => other[0].Video == clip[0].Video);
            return before == 0 ? clip : clip.Select(frame => frame with { Video = FormattableString.Invariant($"{frame.Video}+{before}") });
        }),
    ];

    /// <summary>True driver frames.</summary>
    public IReadOnlyList<Shot> Drivers() => Decode(Plan.DriverFrames);

    /// <summary>A driver frame's landmarks in pixels of the experiment's size.</summary>
    public Landmarks68 DriverLandmarks(int index) => Plan.DriverFrames[index].Landmarks.Resize(store.Info.Size, size);

    /// <summary>The T shots of a draw.</summary>
    public IReadOnlyList<Shot> Shots(ShotDraw draw, int count) => Decode(draw.For(count));

    /// <summary>All real frames of the person, the drivers' included: the shots of <c>t_all</c>.</summary>
    public IReadOnlyList<Shot> Everything() => Decode(RealFrames());

    /// <summary>All real frames of the person, not decoded.</summary>
    public IEnumerable<FrameRecord> RealFrames() => store.FramesOf(Plan.Identity).Where(frame => frame.IsReal);

    /// <summary>What a defender holds of the person, at most so many frames: of the video that was kept for them, else of any but the
    /// drivers', at least a second away from every shot and driver.</summary>
    /// <param name="most">R at most.</param>
    /// <param name="seed">Seed of the draw; the first R are those for R.</param>
    public IReadOnlyList<FrameRecord> References(int most, long seed)
    {
        const double Away = 1;
        FrameRecord[] used = [.. Plan.DriverFrames, .. Plan.Draws.SelectMany(draw => draw.Shots)];
        FrameRecord[] pool = [.. RealFrames().Where(frame => Plan.ReferenceVideo is { } kept ? frame.Video == kept
            : used.All(other => other.Video != frame.Video || Math.Abs(other.TimeS - frame.TimeS) >= Away))];
        return pool.Length == 0 ? [] : ShotSampler.References(pool, Plan.Identity, Math.Min(most, pool.Length), seed);
    }

    /// <summary>
    /// A second true sequence as long as a driver clip, for the machine-USER: contiguous frames from the middle of another video, else of
    /// the drivers' own before or after them. Empty where there is none.
    /// </summary>
    public IReadOnlyList<FrameRecord> SpareFrames
    {
        get
        {
            var drivers = Plan.DriverFrames.Select(frame => frame.Key).ToHashSet(StringComparer.Ordinal);
            var length = Plan.DriverClips[0].Count;
            var runs = RealFrames().GroupBy(frame => (frame.Video, frame.Track)).OrderBy(video => video.Key.Video == Plan.DriverVideo)
                .ThenBy(video => video.Key.Video, StringComparer.Ordinal).ThenBy(video => video.Key.Track)
                .SelectMany(video => Untouched([.. video.OrderBy(frame => frame.FrameNumber)], drivers))
                .Where(run => run.Length >= length);
            return runs.FirstOrDefault() is { } run ? run[((run.Length - length) / 2)..((run.Length + length) / 2)] : [];
        }
    }

    /// <summary>Frames of this plan's store, reduced to the experiment's size.</summary>
    public IReadOnlyList<Shot> Decode(IEnumerable<FrameRecord> frames) =>
        [.. frames.Select(frame => new Shot(store.ReadImage(frame), frame.Landmarks).Resize(size))];

    private static IEnumerable<FrameRecord[]> Untouched(FrameRecord[] video, HashSet<string> drivers)
    {
        for (var from = 0; from < video.Length;)
        {
            var to = from;
            while (to < video.Length && !drivers.Contains(video[to].Key)) to++;
            if (to > from) yield return video[from..to];
            from = to + 1;
        }
    }

    /// <summary>What makes this plan's outputs: content of the store and keys of all frames used.</summary>
    public string Hash() =>
        Hashes.OfText(string
        .Join('\n', Plan.DriverFrames.Concat(Plan.Draws.SelectMany(draw => draw.Shots)).Select(frame => frame.Key)
        .Prepend(store.ContentHash)));
}
