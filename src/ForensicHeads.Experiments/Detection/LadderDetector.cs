namespace ForensicHeads.Experiments.Detection;

/// <summary>A detector that climbs the ladder.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Network">Its network; null where it has none.</param>
/// <param name="Clean">Features of the ladder's frames as they are.</param>
internal sealed record LadderDetector(FittedDetector Detector, FoldNetwork? Network, float[][] Clean) : IDisposable
{
    public void Dispose()
    {
        Detector.Dispose();
        Network?.Dispose();
    }
}
