namespace ForensicHeads.Experiments.Quality;

/// <summary>The landmark finder of the experiment's quality measures, put to the detector's families over time.</summary>
/// <param name="finder">The finder; stays its owner's.</param>
internal sealed class FoundInCrops(ILandmarkFinder finder) : ICropLandmarks
{
    /// <inheritdoc/>
    public string Name => finder.Name;

    /// <inheritdoc/>
    public IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops) =>
        [.. finder.FindAll(crops).Select(found => found is null ? null : new FaceLandmarks(found.Points, (float)found.Confidence))];
}
