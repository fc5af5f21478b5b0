namespace ForensicHeads.Detector.Features;

/// <summary>
/// Finds the landmarks of a face again in its crop, for families over time. One finder serves both classes, training and scoring: what a store says of landmarks
/// may be what a generator was driven by, and is never used.
/// </summary>
public interface ICropLandmarks
{
    /// <summary>The finder's name; a detector's folder notes it and refuses another.</summary>
    string Name { get; }

    /// <summary>The landmarks of each crop, in its pixels; null where no face was found. May be called from several threads at once.</summary>
    /// <param name="crops">Square crops of one face each.</param>
    IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops);
}
