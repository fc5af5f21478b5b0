using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>Meso-4 taught from scratch on each round's training side, as a baseline: the network of others on the very clips that our
/// detector learns from.</summary>
/// <remarks>
/// Rounds are taught one after the other, each on all cores. What a round gave is kept in the cache, so that a run that was cut off goes on
/// where it was. The last step is kept: with this few clips no people can be spared to choose one.
/// </remarks>
/// <param name="options">Steps, batch and rate; the seed is the round's.</param>
/// <param name="cache">Of scores.</param>
internal sealed class RetrainedMeso4(NetworkTrainingOptions options, ContentCache? cache) : IClipScorer
{
    /// <summary>Its name in tables.</summary>
    public const string ScorerName = "meso4_retrained";

    private const string CodeVersion = "meso4-retrained-1";
    private readonly Lock training = new();

    /// <inheritdoc/>
    public string Name => ScorerName;

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"Meso-4 from scratch on the round's training clips: {options.Steps} updates of {options.Pairs} pairs, people and generators in "
            + $"equal shares; the face cut out and turned as for the published weights, mean logit over the clip's frames");

    /// <inheritdoc/>
    public ClipScores Score(IReadOnlyList<Clip> train, IReadOnlyList<Clip> test, long seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var asked = options with { Seed = seed };
        var key = $"{CodeVersion}\n{CanonicalJson.ToLine(asked)}\n{Side(train)}\n{Side(test)}";
        var slot = cache?.Slot($"{Name}-{Hashes.OfText(key)[..16]}.cached");
        if (Kept(slot, key, test.Count) is { } kept) return new ClipScores(kept);
        double[] scores;
        lock (training)
        {
            var learnt = Meso4Training.Learn([.. train.SelectMany(Frames)], [], asked, null, cancellation);
            using var network = MesoDetectors.Retrained(learnt.Model.Bytes);
            scores = [.. ClipFrames.Score(network, test, null, cancellation).Zip(test, (frames, clip) =>
                network.File.VideoScore.Of(frames) ?? throw new UserErrorException(
                    $"No frame of {clip.Id} shows a face that could be cut out for Meso-4; leave the clip out."))];
        }

        slot?.Keep(key, JsonSerializer.SerializeToUtf8Bytes(scores, CanonicalJson.Line));
        return new ClipScores(scores);
    }

    // The generator stands where few-shot frames have their mode: a cell that weighs the same within a person. A clip's frames share its
    // weight.
    private static IEnumerable<TrainingFrame> Frames(Clip clip) => clip.Frames.Select(frame => new TrainingFrame
    {
        Key = frame.Record.Key,
        Identity = clip.Identity,
        Origin = clip.Origin with { Mode = null },
        Share = clip.Generator,
        Weight = 1f / clip.Frames.Count,
        Image = () => ClipFrames.Face(frame),
    });

    private static string Side(IReadOnlyList<Clip> clips) =>
        string.Join('\n', clips.Select(clip => clip.Id + "\n" + ClipFrames.Key(clip.Frames)));

    private static double[]? Kept(CacheSlot? slot, string key, int count) =>
        slot?.Find(key) is { } bytes && JsonSerializer.Deserialize<double[]>(bytes.Span, CanonicalJson.Line) is { } kept
            && kept.Length == count ? kept : null;
}
