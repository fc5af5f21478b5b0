using System.Runtime.InteropServices;

namespace ForensicHeads.Generator.Baselines;

/// <summary>Baseline attacker: the nearest shot blended with itself, another blend for each driver frame.</summary>
/// <param name="options">Ranges of the draws.</param>
/// <param name="seed">Seed of the draws.</param>
public sealed class SelfBlending(SelfBlendOptions options, long seed) : IHeadGenerator
{
    /// <inheritdoc/>
    public ITalkingHead Adapt(IReadOnlyList<Shot> shots, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        new Head(shots, options, seed);

    private sealed class Head(IReadOnlyList<Shot> shots, SelfBlendOptions options, long seed) : ITalkingHead
    {
        // The stream is the driver's own, so that frames made one by one are those made together.
        public RgbImage[] Render(IReadOnlyList<Landmarks68> drivers) => drivers.Select(driver => SelfBlend.Of(
            NearestShotCopy.Nearest(shots, driver), options,
                new SeededRandom(seed, "self-blend/" + Convert.ToHexString(MemoryMarshal.AsBytes<float>(driver.Values))))).ToArray();

        public void Dispose()
        {
        }
    }
}
