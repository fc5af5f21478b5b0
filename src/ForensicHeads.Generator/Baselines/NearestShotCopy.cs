namespace ForensicHeads.Generator.Baselines;

/// <summary>Baseline: the shot whose landmarks are nearest to the driver's, as it is.</summary>
public sealed class NearestShotCopy : IHeadGenerator
{
    /// <inheritdoc/>
    public ITalkingHead Adapt(IReadOnlyList<Shot> shots, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        new Head(shots);

    /// <summary>The shot with the smallest mean squared distance between its landmarks and the driver's.</summary>
    internal static Shot Nearest(IReadOnlyList<Shot> shots, Landmarks68 driver) =>
        shots.MinBy(shot => shot.Landmarks.Values.Zip(driver.Values, (a, b) => (a - b) * (a - b)).Sum())!;

    private sealed class Head(IReadOnlyList<Shot> shots) : ITalkingHead
    {
        public RgbImage[] Render(IReadOnlyList<Landmarks68> drivers) =>
            drivers.Select(driver => Nearest(shots, driver).Image.Clone()).ToArray();

        public void Dispose()
        {
        }
    }
}
