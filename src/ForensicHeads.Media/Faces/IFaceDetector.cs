namespace ForensicHeads.Media.Faces;

/// <summary>Finds faces in one picture. Implementations are thread-safe.</summary>
public interface IFaceDetector : IDisposable
{
    /// <summary>The faces of the picture, most confident first; empty when there is none.</summary>
    IReadOnlyList<FaceBox> Detect(RgbImage image);
}
