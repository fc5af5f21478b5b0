namespace ForensicHeads.Detector.Features;

/// <summary>The face models of <c>ingest</c>, put to a crop: the largest box of the detector, then its landmarks.</summary>
/// <param name="detector">Finds the face.</param>
/// <param name="landmarks">Finds its points.</param>
public sealed class CropLandmarks(IFaceDetector detector, IFaceLandmarks landmarks) : ICropLandmarks, IDisposable
{
    /// <inheritdoc/>
    public string Name => "ingest";

    /// <summary>Loads the usual models.</summary>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="UserErrorException">A model is missing or is not the pinned one.</exception>
    public static CropLandmarks Load(string? modelsFolder = null)
    {
        var detector = new RfbFaceDetector(modelsFolder);
        try
        {
            return new CropLandmarks(detector, new OpenSeeFaceLandmarks(modelsFolder));
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops)
    {
        ArgumentNullException.ThrowIfNull(crops);
        var found = new FaceLandmarks?[crops.Count];
        ParallelLoop.Run(found.Length, i =>
        {
            var boxes = detector.Detect(crops[i]);
            if (boxes.Count > 0) found[i] = landmarks.Locate(crops[i], boxes.MaxBy(box => box.Area));
        });
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        detector.Dispose();
        landmarks.Dispose();
    }
}
