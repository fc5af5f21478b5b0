namespace ForensicHeads.Media.Tracking;

/// <summary>What is done with the crops of a file while it is decoded the second time.</summary>
/// <typeparam name="T">What is made of a crop.</typeparam>
public interface ICropWork<T>
{
    /// <summary>Told all faces of the file, once, before the first crop.</summary>
    void Begin(IReadOnlyList<FaceTrack> tracks);

    /// <summary>Works on one crop; called from several threads at once.</summary>
    T Map(FaceCrop crop);

    /// <summary>Takes each crop with what was made of it, in order of frames, on the thread that called <see cref="FaceCropper"/>.</summary>
    /// <returns>True when the crop's picture is kept; false when its memory may serve for the next one.</returns>
    bool Take(FaceCrop crop, T result);
}
