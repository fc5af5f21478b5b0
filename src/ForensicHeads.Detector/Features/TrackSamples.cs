namespace ForensicHeads.Detector.Features;

/// <summary>Pictures of one face over time to the samples that families over time measure.</summary>
public static class TrackSamples
{
    private static readonly Landmarks68 Nowhere = new(new float[2 * Landmarks68.Count]);

    /// <summary>Finds the landmarks of a sequence. A picture without a face gives a sample of confidence 0, which is left out of every measure.</summary>
    /// <param name="finder">The finder.</param>
    /// <param name="pictures">In order of time.</param>
    /// <param name="times">Seconds, one a picture.</param>
    public static IReadOnlyList<LandmarkSample> Find(ICropLandmarks finder, IReadOnlyList<RgbImage> pictures, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentNullException.ThrowIfNull(times);
        return [.. finder.Find(pictures).Select((face, i) => face is null ? new LandmarkSample(times[i], Nowhere, 0) : new LandmarkSample(times[i], face.Points, face.Confidence))];
    }
}
