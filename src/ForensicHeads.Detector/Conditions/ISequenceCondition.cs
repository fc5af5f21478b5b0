namespace ForensicHeads.Detector.Conditions;

/// <summary>
/// A change that real and generated frames undergo alike before they are measured. It sees whole sequences, the contiguous frames of one
/// video, class, mode, shot count and draw, since a video codec predicts a frame from its neighbours; what changes each frame by itself is
/// an <see cref="IPixelCondition"/> in a <see cref="FrameByFrame"/>.
/// </summary>
public interface ISequenceCondition : INamed
{
    /// <summary>The same with another seed; itself where nothing is drawn.</summary>
    ISequenceCondition Seeded(long value) => this;

    /// <summary>Applies the condition to each sequence by itself, on all cores. Pure: what comes out of a sequence depends on that sequence
    /// alone.</summary>
    /// <param name="sequences">Frames in order of time.</param>
    /// <param name="cancellation">Stops between two pieces of work.</param>
    IReadOnlyList<ConditionedSequence> Apply(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences, CancellationToken cancellation);
}
