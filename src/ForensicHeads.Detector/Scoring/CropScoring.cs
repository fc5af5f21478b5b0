namespace ForensicHeads.Detector.Scoring;

/// <summary>Scores the crops of one file while it is decoded; a few frames are in memory at a time, and of the others their
/// scores.</summary>
internal sealed class CropScoring(FrameDetector detector, CropFeatures features, int explainedTracks) : ICropWork<CropRow>
{
    /// <summary>A call of the model costs the same for one row as for many.</summary>
    private const int Batch = 32;

    // Of each track the pictures since a step before the last one; more are never needed.
    private readonly Dictionary<int, Queue<EarlierPicture>> earlier = [];
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
        if (result.Picture is { } picture) features.Pair(result.Features, crop.Frame.TimeS, picture, Earlier(crop.Track.Number));
        tally.Arrive(result);
        waiting.Add((crop, result.Features));
        if (waiting.Count >= Batch) Flush();
        // Whose frames are shown is known beforehand; all others' pictures are overwritten by the next, unless that is compared with them.
        return tally.KeepsFrames || ReferenceEquals(result.Picture, crop.Image);
    }

    private Queue<EarlierPicture> Earlier(int track) =>
        earlier.TryGetValue(track, out var queue) ? queue : earlier[track] = new Queue<EarlierPicture>();

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
        return new CropRow(row, range ? TrainingRange.Measure(picture, crop.Frame.Crop.Size) : null, layout.HasPairs ? picture : null);
    }

    /// <summary>Measures the families of pairs, frames of a track in order.</summary>
    /// <param name="row">What <see cref="Measure"/> gave.</param>
    /// <param name="time">Of the frame, in seconds.</param>
    /// <param name="picture">The frame as the detector sees it.</param>
    /// <param name="earlier">Frames of the track before it; takes this one and lets go what is too old.</param>
    public void Pair(float[] row, double time, RgbImage picture, Queue<EarlierPicture> earlier)
    {
        while (earlier.TryPeek(out var oldest) && oldest.TimeS < time - FrameBefore.StepS - FrameBefore.ToleranceS) earlier.Dequeue();
        if (FrameBefore.Nearest(earlier, one => one.TimeS, time) is { } before) layout.ComputePair(before.Picture, picture, row);
        earlier.Enqueue(new EarlierPicture(time, picture));
    }
}

/// <summary>What is measured of a crop.</summary>
/// <param name="Features">float32[layout.Length].</param>
/// <param name="Facts">double[<see cref="TrainingRange.Columns"/>]; null for detectors without a range.</param>
/// <param name="Picture">The picture, where the next ones of its track are compared with it; else null.</param>
internal readonly record struct CropRow(float[] Features, double[]? Facts, RgbImage? Picture = null);

/// <summary>A picture of a track that later ones are compared with.</summary>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Picture">As the detector sees it.</param>
internal sealed record EarlierPicture(double TimeS, RgbImage Picture);
