namespace ForensicHeads.Experiments.Protocols;

/// <summary>A network with given weights as a baseline: the mean of its logits over a clip's frames, whatever the other clips
/// are.</summary>
internal sealed class FixedNetwork : IClipScorer
{
    private const string CodeVersion = "network-1";
    private readonly ClipTable table;

    private FixedNetwork(string name, ClipTable table)
    {
        Name = name;
        this.table = table;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description =>
        "the published weights; the face cut out and turned as its authors do, mean logit over the clip's frames, sign fixed by what "
        + "they were taught";

    /// <summary>Scores every clip once.</summary>
    /// <param name="name">Name in tables.</param>
    /// <param name="network">The network; not kept.</param>
    /// <param name="hash">SHA-256 of its weights.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="cache">Of measured features.</param>
    /// <param name="progress">Frames scored.</param>
    /// <param name="cancellation">Stops between frames.</param>
    public static FixedNetwork Of(string name, IBaselineNetwork network, string hash, IReadOnlyList<Clip> clips, ContentCache? cache,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var frames = clips.SelectMany(clip => clip.Frames).ToArray();
        var key = Hashes.OfText($"{CodeVersion}\n{hash}\n{ClipFrames.Key(frames)}");
        var rows = FeatureCache.Kept(cache?.Slot($"{PathPart.Of(name)}-{key[..16]}.cached"), key, frames.Length, 1,
            () => new FeatureValues(ClipFrames.Measure(
                name, frames, frame => [(float)network.Score(ClipFrames.Face(frame))], progress, cancellation))).Rows;
        return new FixedNetwork(name, ClipTable.OfFrames([name + "/logit"], clips, rows));
    }

    /// <inheritdoc/>
    public ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(test);
        return new ClipScores([.. test.Select(clip => (double)table.Of(clip)[0])]);
    }
}
