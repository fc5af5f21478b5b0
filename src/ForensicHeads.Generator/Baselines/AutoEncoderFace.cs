namespace ForensicHeads.Generator.Baselines;

/// <summary>
/// Baseline attacker: a convolutional auto-encoder face without adversarial loss. Its network is the one of the <c>reconstruct</c> anchor,
/// one for everybody, which cannot be driven; so the nearest shot is warped to the driver's landmarks and the whole frame sent through it.
/// (The classic face swap with a decoder trained for each person would be a training a person.)
/// </summary>
/// <param name="autoEncoder">The network; not owned.</param>
public sealed class AutoEncoderFace(FrameAutoEncoder autoEncoder) : IHeadGenerator
{
    /// <inheritdoc/>
    public ITalkingHead Adapt(IReadOnlyList<Shot> shots, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        new Head(shots, autoEncoder);

    private sealed class Head(IReadOnlyList<Shot> shots, FrameAutoEncoder autoEncoder) : ITalkingHead
    {
        public RgbImage[] Render(IReadOnlyList<Landmarks68> drivers) =>
            autoEncoder.Reconstruct([.. drivers.Select(driver => AffineWarp.Warp(NearestShotCopy.Nearest(shots, driver), driver))]);

        public void Dispose()
        {
        }
    }
}
