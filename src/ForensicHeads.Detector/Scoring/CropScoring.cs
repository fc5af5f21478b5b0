namespace ForensicHeads.Detector.Scoring;

/// <summary>Scores the crops of one file while it is decoded; a few frames are in memory at a time, and of the others their
/// scores.</summary>
internal sealed class CropScoring(FrameDetector detector, CropFeatures features, int explainedTracks) : ICropWork<CropRow>
{
    /// <summary>A call of the model costs the same for one row as for many.</summary>
    private const int Batch = 32;

    private readonly SortedDictionary<int, TrackTally> tallies = [];
    private readonly List<(FaceCrop Crop, float[] Row)> waiting = [];

    /// <summary>The tracks that gave frames, in order.</summary>
    public IReadOnlyList<TrackTally> Tracks => [.. tallies.Values.Where(tally => tally.Frames > 0)];

    public void Begin(IReadOnlyList<FaceTrack> tracks)
    {
        var explained = tracks.OrderByDescending(track => track.Frames.Count).ThenBy(track => track.Number).Take(explainedTracks)
            .Select(track => track.Number).ToHashSet();
        foreach (var track in tracks) tallies.Add(track.Number, new TrackTally(track, explained.Contains(track.Number)));
    }

    public CropRow Map(FaceCrop crop) => features.Measure(crop);

    public bool Take(FaceCrop crop, CropRow result)
    {
        var tally = tallies[crop.Track.Number];
        tally.Arrive(result);
        waiting.Add((crop, result.Features));
        if (waiting.Count >= Batch) Flush();
        // Whose frames are shown is known beforehand; all others' pictures are overwritten by the next.
        return tally.KeepsFrames;
    }

    /// <summary>Scores what still waits.</summary>
    public void Flush()
    {
        var scores = detector.Score([.. waiting.Select(item => item.Row)]);
        for (var i = 0; i < scores.Length; i++) tallies[waiting[i].Crop.Track.Number].Score(waiting[i].Crop, scores[i]);
        waiting.Clear();
    }
}

/// <summary>A crop to the detector's row: one area filter to its size, then its families. The same two steps that its training frames
/// took.</summary>
/// <param name="layout">The families.</param>
/// <param name="range">Whether the facts of a <see cref="TrainingRange"/> are measured, too.</param>
/// <param name="tracks">Columns over time, by track; null for detectors without such families.</param>
internal sealed class CropFeatures(FeatureLayout layout, bool range, IReadOnlyDictionary<int, float[]>? tracks = null)
{
    /// <summary>What the detector sees of a crop. Thread-safe.</summary>
    public CropRow Measure(FaceCrop crop)
    {
        var row = new float[layout.Length];
        var picture = ImageResize.Area(crop.Image, layout.Size, layout.Size);
        layout.Compute(picture, row);
        if (tracks is not null && tracks.TryGetValue(crop.Track.Number, out var track)) layout.SetTrack(row, track);
        return new CropRow(row, range ? TrainingRange.Measure(picture, crop.Frame.Crop.Size) : null);
    }
}

/// <summary>What is measured of a crop.</summary>
/// <param name="Features">float32[layout.Length].</param>
/// <param name="Facts">double[<see cref="TrainingRange.Columns"/>]; null for detectors without a range.</param>
internal readonly record struct CropRow(float[] Features, double[]? Facts);
