namespace ForensicHeads.Media.Faces;

/// <summary>The two face models of <c>ingest</c>.</summary>
public sealed class FaceFinder : IFaceFinder
{
    private readonly RfbFaceDetector detector;
    private readonly OpenSeeFaceLandmarks landmarks;

    /// <summary>Loads the models.</summary>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="UserErrorException">A model is missing or is not the pinned one.</exception>
    public FaceFinder(string? modelsFolder = null)
    {
        detector = new RfbFaceDetector(modelsFolder);
        try
        {
            landmarks = new OpenSeeFaceLandmarks(modelsFolder);
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceBox> Detect(RgbImage image) => detector.Detect(image);

    /// <inheritdoc/>
    public FaceLandmarks Locate(RgbImage image, FaceBox face) => landmarks.Locate(image, face);

    /// <inheritdoc/>
    public void Dispose()
    {
        detector.Dispose();
        landmarks.Dispose();
    }
}

/// <summary>Finds the faces of whole pictures, boxes first. Implementations are thread-safe.</summary>
public interface IFaceFinder : IDisposable
{
    /// <summary>The faces of the picture, most confident first; empty when there is none.</summary>
    IReadOnlyList<FaceBox> Detect(RgbImage image);

    /// <summary>The landmarks of the face in a box, in pixels of the picture, with the confidence that there is a face at all.</summary>
    FaceLandmarks Locate(RgbImage image, FaceBox face);
}
