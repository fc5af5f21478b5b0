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
    public IReadOnlyList<ConditionedSequence> Apply(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences,
        CancellationToken cancellation) =>
        EachFrame(sequences, frame => change.Apply(frame.Image, frame.Name, frame.Video), cancellation);

    /// <summary>Changes all frames on all cores.</summary>
    internal static IReadOnlyList<ConditionedSequence> EachFrame(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences,
        Func<ConditionFrame, RgbImage> change, CancellationToken cancellation)
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

/// <summary>A frame on its way through a condition.</summary>
/// <param name="Image">The picture; not changed.</param>
/// <param name="Landmarks">In pixels of <paramref name="Image"/>. Real frames and frames driven by them have the same.</param>
/// <param name="Name">The frame's own name: what is drawn once a frame (sensor noise) differs between a true frame and those made from
/// it.</param>
/// <param name="Video">The driver video's name, for what is drawn once a video (a camera).</param>
public sealed record ConditionFrame(RgbImage Image, Landmarks68 Landmarks, string Name, string Video);
