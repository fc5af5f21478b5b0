namespace ForensicHeads.Detector.Scoring;

/// <summary>Finds the landmarks again in every crop of a file, track by track, as a training does in its stores' crops. Keeps points, no
/// pictures.</summary>
internal sealed class TrackLandmarks(FeatureLayout layout, ILandmarkFinder finder) : ICropWork<LandmarkSample>
{
    private readonly SortedDictionary<int, List<LandmarkSample>> samples = [];

    /// <summary>Columns over time of every track.</summary>
    public IReadOnlyDictionary<int, float[]> Measure() =>
        samples.ToDictionary(track => track.Key, track => layout.MeasureTrack(track.Value));

    public void Begin(IReadOnlyList<FaceTrack> tracks)
    {
        foreach (var track in tracks) samples.Add(track.Number, []);
    }

    public LandmarkSample Map(FaceCrop crop) => TrackSamples.Find(finder, [crop.Image], [crop.Frame.TimeS])[0];

    public bool Take(FaceCrop crop, LandmarkSample result)
    {
        samples[crop.Track.Number].Add(result);
        return false;
    }
}
