namespace ForensicHeads.Detector.Conditions;

/// <summary><c>face-only</c>: everything outside the hull of the landmarks replaced by its mean colour.</summary>
public sealed class FaceOnlyCondition : ISequenceCondition
{
    /// <inheritdoc/>
    public string Name => "face-only";

    /// <inheritdoc/>
    public IReadOnlyList<ConditionedSequence> Apply(IReadOnlyList<IReadOnlyList<ConditionFrame>> sequences, CancellationToken cancellation) =>
        FrameByFrame.EachFrame(sequences, frame => FaceOnly.Mask(frame.Image, frame.Landmarks), cancellation);
}
