namespace ForensicHeads.Media.Faces;

/// <summary>Finds the faces of whole pictures, boxes first. Implementations are thread-safe.</summary>
public interface IFaceFinder : IDisposable
{
    /// <summary>The faces of the picture, most confident first; empty when there is none.</summary>
    IReadOnlyList<FaceBox> Detect(RgbImage image);

    /// <summary>The landmarks of the face in a box, in pixels of the picture, with the confidence that there is a face at all.</summary>
    FaceLandmarks Locate(RgbImage image, FaceBox face);
}
