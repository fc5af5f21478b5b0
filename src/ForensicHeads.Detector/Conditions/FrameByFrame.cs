namespace ForensicHeads.Detector.Conditions;

/// <summary>A sequence condition that changes each frame by itself.</summary>
/// <param name="change">The change of one frame.</param>
public sealed class FrameByFrame(IPixelCondition change) : ISequenceCondition
{
    /// <inheritdoc/>
    public string Name => change.Name;

    /// <inheritdoc/>
    public ISequenceCondition Seeded(long value) => new FrameByFrame(change.Seeded(value));

    /// <inheritdoc/>
    public IReadOnlyList<ConditionedSequence> Apply(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences, CancellationToken cancellation) =>
        EachFrame(sequences, frame => change.Apply(frame.Image, frame.Name, frame.Video), cancellation);

    /// <summary>Changes all frames on all cores.</summary>
    internal static IReadOnlyList<ConditionedSequence> EachFrame(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences, Func<ConditionFrame, RgbImage> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var results = sequences.Select(sequence => new RgbImage[sequence.Count]).ToArray();
        var places = sequences.SelectMany((sequence, s) => Enumerable.Range(0, sequence.Count).Select(f => (s, f))).ToArray();
        ParallelLoop.Run(
            places.Length,
            i =>
            {
                var (s, f) = places[i];
                results[s][f] = change(sequences[s][f]);
            },
            cancellation);
        return [.. results.Select(images => new ConditionedSequence(images))];
    }
}
