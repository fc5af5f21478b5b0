namespace ForensicHeads.Media.Faces;

/// <summary>Finds the 68 iBUG landmarks in crops around one face each.</summary>
public interface ILandmarkFinder : IDisposable
{
    /// <summary>The finder's name, for reports; a detector's folder notes it and refuses another.</summary>
    string Name { get; }

    /// <summary>The landmarks of each crop; null where no face was found: a failure, to be counted. May be called from several threads at
    /// once.</summary>
    /// <param name="crops">Square crops of one face each.</param>
    IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops);
}

/// <summary>The landmarks of one face.</summary>
/// <param name="Points">In pixels of the picture; points may lie outside it.</param>
/// <param name="Confidence">0 … 1: how sure the model is that this is a face and these are its points.</param>
public sealed record FaceLandmarks(Landmarks68 Points, float Confidence);
