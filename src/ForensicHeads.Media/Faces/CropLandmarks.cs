namespace ForensicHeads.Media.Faces;

/// <summary>The face models of <c>ingest</c>, put to a crop: the largest box, then its landmarks.</summary>
/// <param name="faces">Finds the face and its points; taken over.</param>
public sealed class CropLandmarks(IFaceFinder faces) : ILandmarkFinder
{
    /// <inheritdoc/>
    public string Name => "ingest";

    /// <summary>Loads the usual models.</summary>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="UserErrorException">A model is missing or is not the pinned one.</exception>
    public static CropLandmarks Load(string? modelsFolder = null) => new(new FaceFinder(modelsFolder));

    /// <inheritdoc/>
    public IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        var found = new FaceLandmarks?[crops.Count];
        ParallelLoop.Run(found.Length, i =>
        {
            var boxes = faces.Detect(crops[i]);
            if (boxes.Count > 0) found[i] = faces.Locate(crops[i], boxes.MaxBy(box => box.Area));
        });
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => faces.Dispose();
}
