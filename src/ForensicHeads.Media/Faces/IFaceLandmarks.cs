namespace ForensicHeads.Media.Faces;

/// <summary>Places the 68 iBUG landmarks on a face whose box is known. Implementations are thread-safe.</summary>
public interface IFaceLandmarks : IDisposable
{
    /// <summary>The landmarks in pixels of the picture, with the confidence that there is a face at all.</summary>
    FaceLandmarks Locate(RgbImage image, FaceBox face);
}
