using System.CommandLine;
using ForensicHeads.Cli.Frame;
using ForensicHeads.Datasets;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;

namespace ForensicHeads.Cli.Training;

/// <summary>Which frames a training learns from, and which people its sample grids show.</summary>
internal sealed class TrainData
{
    private readonly Option<string?> data = Options.Optional<string?>("--data", "The store to learn from; needed unless --dry-run, which counts its videos.", "STORE");
    private readonly Option<string?> split = Options.Optional<string?>("--split", "Learn only from the people of --role in this split.", "FILE");
    private readonly Option<SplitRole> role = Options.Choice("--role", SplitRole.Generator, "The role, with --split.");
    private readonly Option<string?> heldOut = Options.Optional<string?>("--held-out", "People never trained on, for the sample grids.", "STORE");
    private readonly Option<int> maxFrames = Options.Default("--max-frames", 0, "At most so many frames a video, evenly spaced; 0 takes all.", "N");

    public void AddTo(Command command)
    {
        Option[] all = [data, split, role, heldOut, maxFrames];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>The store.</summary>
    /// <exception cref="UserErrorException">None was named, or it cannot be read.</exception>
    public FrameStore Store(CommandRun run) =>
        FrameStore.Open(run.Find(data) ?? throw new UserErrorException("--data is missing; name the store to learn from (only --dry-run goes without).", exitCode: 2));

    /// <summary>The training frames, in memory.</summary>
    public EpisodeData Load(CommandRun run, FrameStore store, int size) => StoreEpisodes.Load(store, size, Chosen(run), MaxFrames(run), run.Cancellation);

    /// <summary>How many videos would be learnt from, the rows of W; null when no store was named.</summary>
    public int? Videos(CommandRun run)
    {
        if (run.Find(data) is not { } path) return null;
        var chosen = Chosen(run);
        return FrameStore.Open(path).Frames.Where(frame => frame.Label == "real" && chosen(frame)).Select(frame => (frame.Video, frame.Track)).Distinct().Count();
    }

    /// <summary>The sample grid, or null when no held-out store was named.</summary>
    public SampleGrid? Grid(CommandRun run, int size, int shots) =>
        run.Find(heldOut) is { } path ? new SampleGrid(StoreEpisodes.Load(FrameStore.Open(path), size, _ => true, MaxFrames(run), run.Cancellation), shots) : null;

    private Func<FrameRecord, bool> Chosen(CommandRun run)
    {
        if (run.Find(split) is not { } file) return _ => true;
        var people = Split.Load(file).PeopleOf(run.Get(role)).ToHashSet(StringComparer.Ordinal);
        if (people.Count == 0) throw new UserErrorException($"{file} has nobody in the role {run.Get(role).ToString().ToLowerInvariant()}. Choose another --role, or make the split again.");
        return frame => people.Contains(frame.Identity);
    }

    private int MaxFrames(CommandRun run) => run.Get(maxFrames) >= 0 ? run.Get(maxFrames) : throw new UserErrorException($"--max-frames is {run.Get(maxFrames)}; allowed is 0 (all) or more.", exitCode: 2);
}
