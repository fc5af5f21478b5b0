using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>A network taught from scratch on each round's training side: Meso-4 as a baseline, the network of others on the very clips that
/// our detector learns from, or the one behind family <c>cnn</c>.</summary>
/// <remarks>
/// Rounds are taught one after the other, each on all cores. What a round gave is kept in the cache, so that a run that was cut off goes on
/// where it was. The last step is kept: with this few clips no people can be spared to choose one.
/// </remarks>
internal abstract class RetrainedNetwork(string name, string version, NetworkTrainingOptions options, ContentCache? cache) : IClipScorer
{
    /// <summary>Where, and in which numbers, it learns.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    private readonly Lock training = new();

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"{What} from scratch, up to {LeftOutTogether} generators or collections left out of one training: {options.Steps} updates of "
            + $"{options.Pairs} pairs, people and generators in equal shares; {Sees}, mean logit over the clip's frames");

    /// <inheritdoc/>
    public int LeftOutTogether => 5;

    /// <inheritdoc/>
    public virtual bool IsRival => true;

    /// <summary>What is taught.</summary>
    protected abstract string What { get; }

    /// <summary>What it sees of a frame.</summary>
    protected abstract string Sees { get; }

    /// <inheritdoc/>
    public ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var asked = options with { Seed = seed };
        var key = $"{version}\n{CanonicalJson.ToLine(asked)}\n{Side(train)}\n{Side(test)}";
        var slot = cache?.Slot($"{Name}-{Hashes.OfText(key)[..16]}.cached");
        if (Kept(slot, key, test.Count) is { } kept) return new ClipScores(kept);
        double[] scores;
        lock (training) scores = Learn([.. train.SelectMany(Frames)], test, asked, cancellation);
        slot?.Keep(key, JsonSerializer.SerializeToUtf8Bytes(scores, CanonicalJson.Line));
        return new ClipScores(scores);
    }

    /// <summary>The pictures that it sees of a frame, each made when it is asked for; at least one.</summary>
    protected abstract IEnumerable<Func<RgbImage>> Views(ExperimentFrame frame);

    /// <summary>Teaches the network and scores clips.</summary>
    protected abstract double[] Learn(IReadOnlyList<TrainingFrame> frames, IReadOnlyList<Clip> test, NetworkTrainingOptions asked,
        CancellationToken cancellation);

    // The generator stands where few-shot frames have their mode: a cell that weighs the same within a person. A clip's frames share its
    // weight.
    private IEnumerable<TrainingFrame> Frames(Clip clip) => clip.Frames.SelectMany(frame => Views(frame).Select(view => new TrainingFrame
    {
        Key = frame.Record.Key,
        Identity = clip.Identity,
        Origin = clip.Origin with { Mode = null },
        Share = clip.Generator,
        Weight = 1f / clip.Frames.Count,
        Image = view,
    }));

    private static string Side(IReadOnlyList<Clip> clips) =>
        string.Join('\n', clips.Select(clip => clip.Id + "\n" + ClipFrames.Key(clip.Frames)));

    private static double[]? Kept(CacheSlot? slot, string key, int count) =>
        slot?.Find(key) is { } bytes && JsonSerializer.Deserialize<double[]>(bytes.Span, CanonicalJson.Line) is { } kept
            && kept.Length == count ? kept : null;
}

/// <summary>Meso-4, the face cut out and turned as for the published weights.</summary>
/// <param name="options">Steps, batch and rate; the seed is the round's.</param>
/// <param name="cache">Of scores.</param>
internal sealed class RetrainedMeso4(NetworkTrainingOptions options, ContentCache? cache)
    : RetrainedNetwork(ScorerName, "meso4-retrained-1", options, cache)
{
    /// <summary>Its name in tables.</summary>
    public const string ScorerName = "meso4_retrained";

    /// <inheritdoc/>
    protected override string What => "Meso-4";

    /// <inheritdoc/>
    protected override string Sees => "the face cut out and turned as for the published weights";

    /// <inheritdoc/>
    protected override IEnumerable<Func<RgbImage>> Views(ExperimentFrame frame) => [() => ClipFrames.Face(frame)];

    /// <inheritdoc/>
    protected override double[] Learn(IReadOnlyList<TrainingFrame> frames, IReadOnlyList<Clip> test, NetworkTrainingOptions asked,
        CancellationToken cancellation)
    {
        var learnt = Meso4Training.Learn(frames, [], asked, null, Compute, cancellation);
        using var network = MesoDetectors.Retrained(learnt.Model.Bytes);
        return [.. ClipFrames.Score(network, test, null, cancellation).Zip(test, (scores, clip) =>
            network.File.VideoScore.Of(scores) ?? throw new UserErrorException(
                $"No frame of {clip.Id} shows a face that could be cut out for Meso-4; leave the clip out."))];
    }
}

/// <summary>The network of family <c>cnn</c>, on each patch of a store of native patches, or on whole crops.</summary>
/// <param name="options">Steps, batch and rate; the seed is the round's.</param>
/// <param name="cache">Of scores.</param>
internal sealed class RetrainedCnn(NetworkTrainingOptions options, ContentCache? cache)
    : RetrainedNetwork(ScorerName, "cnn-retrained-1", options, cache)
{
    /// <summary>Its name in tables.</summary>
    public const string ScorerName = "cnn_retrained";

    /// <inheritdoc/>
    public override bool IsRival => false;

    /// <inheritdoc/>
    protected override string What => "The network of family cnn";

    /// <inheritdoc/>
    protected override string Sees => "each native patch by itself where the store holds patches, else the whole crop";

    /// <inheritdoc/>
    protected override IEnumerable<Func<RgbImage>> Views(ExperimentFrame frame) =>
        frame.Store.Info.CropSpecification == CropRule.Patches
            ? Enumerable.Range(0, NativePatches.Count).Select(patch => (Func<RgbImage>)(() => NativePatches.Patch(frame.Read(), patch)))
            : [frame.Read];

    /// <inheritdoc/>
    protected override double[] Learn(IReadOnlyList<TrainingFrame> frames, IReadOnlyList<Clip> test, NetworkTrainingOptions asked,
        CancellationToken cancellation)
    {
        using var network = CnnFamily.FromBytes(CnnTraining.Learn(frames, [], asked, null, Compute, cancellation).Model.Bytes, ScorerName);
        var scores = new double[test.Count];
        ParallelLoop.Run(scores.Length, i => scores[i] = test[i].Frames.SelectMany(Views).Average(view =>
        {
            var image = view();
            var features = new float[network.Length(image.Width)];
            network.Compute(image, features);
            return (double)features[0];
        }), cancellation);
        return scores;
    }
}
