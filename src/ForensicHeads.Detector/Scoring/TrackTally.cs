namespace ForensicHeads.Detector.Scoring;

/// <summary>Collects the frames of one track as they come.</summary>
internal sealed class TrackTally(FaceTrack track, bool keepsFrames)
{
    /// <summary>Frames whose rows are kept to see what the families did.</summary>
    private const int Sampled = 16;

    /// <summary>What the frame is called that is also explained.</summary>
    public const string Highest = "highest score";

    private readonly List<int> numbers = new(track.Frames.Count);
    private readonly List<double> times = new(track.Frames.Count);
    private readonly List<float> scores = new(track.Frames.Count);
    private KeyFrame? highest;
    private KeyFrame? lowest;
    private KeyFrame? middle;
    private readonly double[] facts = new double[TrainingRange.Columns.Count];
    private int arrived;

    public FaceTrack Track => track;

    public int Frames => scores.Count;

    /// <summary>Rows of frames spread evenly over the track.</summary>
    public List<float[]> Rows { get; } = [];

    public bool KeepsFrames => keepsFrames;

    /// <summary>Takes a row before its score is known; frames come in order.</summary>
    public void Arrive(CropRow crop)
    {
        var row = crop.Features;
        if (crop.Facts is { } measured)
            for (var c = 0; c < facts.Length; c++) facts[c] += measured[c];
        var wanted = Math.Min(Sampled, track.Frames.Count);
        if (Rows.Count < wanted && arrived >= (long)Rows.Count * track.Frames.Count / wanted) Rows.Add(row);
        arrived++;
    }

    public void Score(FaceCrop crop, float score)
    {
        if (keepsFrames)
        {
            KeyFrame Key(string what) => new(track.Number, what, crop.Frame.FrameNumber, crop.Frame.TimeS, score, crop.Image);
            if (highest is null || score > highest.Score) highest = Key(Highest);
            if (lowest is null || score < lowest.Score) lowest = Key("lowest score");
            if (scores.Count == track.Frames.Count / 2) middle = Key("middle of the track");
        }

        numbers.Add(crop.Frame.FrameNumber);
        times.Add(crop.Frame.TimeS);
        scores.Add(score);
    }

    /// <summary>At most three different frames.</summary>
    public IEnumerable<KeyFrame> KeyFrames => new[] { highest, middle, lowest }.OfType<KeyFrame>().DistinctBy(frame => frame.Frame);

    public ScoreSeries Series => new(numbers, times, scores);

    /// <summary>Mean and deviation (dividing by n) of the frames' logits.</summary>
    public (double Mean, double Spread) Summary()
    {
        var mean = scores.Average(score => (double)score);
        return (mean, Math.Sqrt(scores.Average(score => (score - mean) * (score - mean))));
    }

    /// <summary>What the frames together say, without the families that moved it.</summary>
    public TrackScore Scored(VideoCalibrator? calibrator, TrainingRange? range = null)
    {
        var (mean, spread) = Summary();
        var judged = FileVerdict.OfTrack(mean, spread, Frames, calibrator);
        var foreign = range?.Foreign([.. facts.Select(sum => sum / arrived)]);
        if (foreign is not null) judged = judged.Verdict is null ? judged with { Reason = $"{judged.Reason}; this one is {foreign}" }
            : judged with { Verdict = Verdict.Inconclusive, Reason = foreign };
        return new TrackScore
        {
            Track = track.Number,
            FirstFrame = track.Frames[0].FrameNumber,
            LastFrame = track.Frames[^1].FrameNumber,
            Frames = Frames,
            Box = new TrackBox(Median(f => f.Box.X), Median(f => f.Box.Y), Median(f => f.Box.Width), Median(f => f.Box.Height)),
            CropSide = Median(f => f.Crop.Size),
            Score = judged.Score,
            Spread = judged.Spread,
            Llr = judged.Llr,
            Verdict = judged.Verdict,
            VerdictReason = judged.Reason,
            Foreign = foreign,
            Series = Series,
        };
    }

    private double Median(Func<TrackFrame, double> of)
    {
        var sorted = track.Frames.Select(of).Order().ToArray();
        return Math.Round(sorted[sorted.Length / 2], 1);
    }
}

/// <summary>A frame worth looking at.</summary>
/// <param name="Track">Its track.</param>
/// <param name="What"><c>highest score</c>, <c>lowest score</c> or <c>middle of the track</c>.</param>
/// <param name="Frame">Number in the video, from 0.</param>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Score">Logit.</param>
/// <param name="Picture">The crop as it was cut.</param>
/// <param name="Explanation">Where its score comes from; null where nobody asked.</param>
public sealed record KeyFrame(int Track, string What, int Frame, double TimeS, double Score, RgbImage Picture,
    OcclusionMap? Explanation = null);
