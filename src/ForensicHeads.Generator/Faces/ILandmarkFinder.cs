using ForensicHeads.Foundation;

namespace ForensicHeads.Generator.Faces;

/// <summary>Finds the 68 landmarks in a crop around one face.</summary>
public interface ILandmarkFinder : IDisposable
{
    /// <summary>Name for reports.</summary>
    string Name { get; }

    /// <summary>The landmarks of a crop, or null where no face was found: a failure, to be counted.</summary>
    /// <param name="frame">A square crop; larger ones are reduced by the area filter.</param>
    FoundLandmarks? Find(RgbImage frame);

    /// <summary><see cref="Find"/> for every frame, in batches.</summary>
    IReadOnlyList<FoundLandmarks?> FindAll(IReadOnlyList<RgbImage> frames);
}
