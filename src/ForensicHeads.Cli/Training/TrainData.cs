using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Training;

/// <summary>Which frames a training learns from, and which people its sample grids show.</summary>
internal sealed class TrainData
{
    private readonly Option<string?> data =
        Options.Optional<string?>("--data", "The store to learn from; needed unless --dry-run, which counts its videos.", "STORE");
    private readonly Option<string?> split =
        Options.Optional<string?>("--split", "Learn only from the people of --role in this split.", "FILE");
    private readonly Option<SplitRole> role = Options.Default("--role", SplitRole.Generator, "The role, with --split.");
    private readonly Option<string?> heldOut = Options.Optional<string?>("--held-out",
        "People never trained on, for the sample grids, which otherwise show people of --data, and for the measures of --network.",
        "STORE");
    private readonly Option<double> cache = Options.Default("--cache", StoreVideos.DefaultBudget / (double)(1 << 30),
        "GiB that the decoded frames may take; more than that are decoded again whenever they are drawn.", "GIB");
    private readonly Option<int> maxFrames =
        Options.Default("--max-frames", 0, "At most so many frames a video, evenly spaced; 0 takes all.", "N");

    public void AddTo(Command command)
    {
        Option[] all = [data, split, role, heldOut, maxFrames, cache];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>The store.</summary>
    /// <exception cref="UserErrorException">None was named, or it cannot be read.</exception>
    public FrameStore Store(CommandRun run) =>
        run.OpenStore(run.Find(data)
            ?? throw new UserErrorException("--data is missing; name the store to learn from (only --dry-run goes without).", exitCode: 2));

    /// <summary>The training frames, in memory where they fit --cache.</summary>
    public FaceVideos Load(CommandRun run, FrameStore store, int size)
    {
        var loaded = StoreVideos.Load(store, size, Chosen(run), MaxFrames(run), run.Cancellation, Budget(run));
        if (!loaded.IsInMemory) run
            .Warn("the frames take more than --cache: those that do not fit are decoded again whenever they are drawn; timings.jsonl shows "
            + "what the learner waits for them.");
        return loaded;
    }

    /// <summary>What the frames are taken from, in names without folders of this machine.</summary>
    public IReadOnlyDictionary<string, string> Describe(CommandRun run)
    {
        var facts = new Dictionary<string, string>
        {
            ["data"] = NameOf(run.Find(data)!),
            ["data_sha256"] = Store(run).ContentHash,
            ["max_frames"] = run.Get(maxFrames).ToString(CultureInfo.InvariantCulture)
        };
        if (run.Find(split) is { } file) (facts["split"], facts["role"]) = (NameOf(file), run.Get(role).ToString().ToLowerInvariant());
        if (run.Find(heldOut) is { } others) facts["held_out"] = NameOf(others);
        return facts;
    }

    /// <summary>How many videos would be learnt from, the rows of W; null when no store was named.</summary>
    public int? Videos(CommandRun run)
    {
        if (run.Find(data) is not { } path) return null;
        var chosen = Chosen(run);
        return run.OpenStore(path).Frames.Where(frame => frame.IsReal && chosen(frame)).Select(frame => (frame.Video, frame.Track))
            .Distinct().Count();
    }

    /// <summary>The sample grid: of the held-out people, or of the training's own, but only of those whose consent covers it, for it shows
    /// them generated and driven by others. Null where nobody may be shown.</summary>
    public SampleGrid? Grid(CommandRun run, FaceVideos training, int shots)
    {
        var source = run.Find(heldOut) is { } others ? run.OpenStore(others) : Store(run);
        var allowed = ConsentGate.Allowed(source, ConsentPurpose.CrossReenactment, run.Context.Time);
        var shown = HeldOut(run, training.Size) ?? training;
        if (Enumerable.Range(0, shown.Videos).Any(video => allowed.Contains(shown.Person(video)))) return new SampleGrid(shown, shots,
            allowed.Contains);
        run.Warn(
            $"no sample grids: nobody in {source.Path} has may_generate and a consent record that covers "
            + $"{ConsentPurpose.CrossReenactment}. Name people who do by --held-out.");
        return null;
    }

    /// <summary>Frames of the held-out people, or null when no store of them was named.</summary>
    public FaceVideos? HeldOut(CommandRun run, int size) =>
        run.Find(heldOut) is { } path
            ? StoreVideos.Load(run.OpenStore(path), size, _ => true, MaxFrames(run), run.Cancellation, Budget(run)) : null;

    private Func<FrameRecord, bool> Chosen(CommandRun run)
    {
        if (run.Find(split) is not { } file) return _ => true;
        var (given, wanted) = (Split.Load(file), run.Get(role));
        if (given.Official is not null) return frame => given.Has(frame, wanted);
        var people = given.PeopleOf(wanted).ToHashSet(StringComparer.Ordinal);
        if (people.Count == 0) throw new UserErrorException(
            $"{file} has nobody in the role {run.Get(role).ToString().ToLowerInvariant()}. "
            + "Choose another --role, or make the split again.");
        return frame => people.Contains(frame.Identity);
    }

    private long Budget(CommandRun run) =>
        run.Get(cache) is >= 0 and < 1e6 and var size ? (long)(size * (1 << 30))
        : throw new UserErrorException($"--cache is {run.Get(cache)}; allowed is 0 GiB or more.", exitCode: 2);

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private int MaxFrames(CommandRun run) =>
        run.Get(maxFrames) >= 0 ? run.Get(maxFrames)
        : throw new UserErrorException($"--max-frames is {run.Get(maxFrames)}; allowed is 0 (all) or more.", exitCode: 2);
}
