namespace ForensicHeads.Detector.Features;

/// <summary>
/// Pictures of one face over time to the samples that families over time measure. One finder serves both classes, training and scoring:
/// what a store says of landmarks may be what a generator was driven by, and is never used.
/// </summary>
public static class TrackSamples
{
    private static readonly Landmarks68 Nowhere = new(new float[2 * Landmarks68.Count]);

    /// <summary>Finds the landmarks of a sequence. A picture without a face gives a sample of confidence 0, which is left out of every
    /// measure.</summary>
    /// <param name="finder">The finder.</param>
    /// <param name="pictures">In order of time.</param>
    /// <param name="times">Seconds, one a picture.</param>
    public static IReadOnlyList<LandmarkSample> Find(ILandmarkFinder finder, IReadOnlyList<RgbImage> pictures, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentNullException.ThrowIfNull(times);
        return [.. finder.Find(pictures)
            .Select((face, i) =>
                face is null ? new LandmarkSample(times[i], Nowhere, 0) : new LandmarkSample(times[i], face.Points, face.Confidence))];
    }
}

/// <summary>The landmarks of a face at one moment, as found in the pixels.</summary>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Landmarks">68 points in pixels, of the source or of a crop, the same for the whole track.</param>
/// <param name="Confidence">0 … 1, of the landmarks.</param>
public sealed record LandmarkSample(double TimeS, Landmarks68 Landmarks, float Confidence);
