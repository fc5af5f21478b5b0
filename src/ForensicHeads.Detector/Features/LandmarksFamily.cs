namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>landmarks</c>, per track: how eyes, mouth and head move. Generators blink too little or too evenly (Li et al. 2018, arXiv
/// 1806.02877), speak with other lips, and tremble from frame to frame. The landmarks must be re-detected in the pixels of both classes,
/// never those a generator was driven by.
/// </summary>
/// <remarks>
/// float32[36]; "five" means mean, deviation (divided by n), and the quantiles 0.1, 0.5, 0.9 with linear interpolation; of nothing they are
/// 0.
/// <list type="bullet">
/// <item><c>eye_ratio</c> (five): eye aspect ratio (‖p2 − p6‖ + ‖p3 − p5‖)/(2‖p1 − p4‖) of Soukupová and Čech 2016, mean of both eyes;
/// about 0.3 open, 0.1 shut.</item>
/// <item><c>blink_rate</c>: blinks a minute of watched time. Closed: below 0.7 of the track's 0.9 quantile of the ratio; a blink lasts at
/// most 1 s.</item>
/// <item><c>blink_duration</c> (five): seconds from crossing to crossing of that threshold.</item>
/// <item><c>mouth_opening</c> (five): mean gap of the inner lips (61–67, 62–66, 63–65) in outer-eye distances.</item>
/// <item><c>yaw_jitter</c>, <c>pitch_jitter</c>, <c>roll_jitter</c> (five each): degrees between the head's angle and the straight line
/// through its neighbours in time.</item>
/// <item><c>acceleration</c> (five): mean over the 68 points of the second time derivative's length, in outer-eye distances a second
/// squared, after the head's place, roll and scale are taken out (a crop that follows the face has its own).</item>
/// </list>
/// Samples below confidence 0.5, or whose rigid points have collapsed, are left out; where more than 2.5 times the median interval passes
/// between two, the track is cut, and nothing is derived or counted across. Jitter and acceleration grow with the frame rate: compare
/// tracks of one rate.
/// </remarks>
public sealed class LandmarksFamily : ITrackFamily
{
    /// <summary>Least confidence of a sample that is used.</summary>
    public const float MinimumConfidence = 0.5f;

    /// <summary>Longest step between two samples of one run, in median intervals of the track.</summary>
    public const double LongestGap = 2.5;

    private static readonly (int Upper, int Lower)[] InnerLips = [(61, 67), (62, 66), (63, 65)];
    private static readonly string[] Series =
        ["eye_ratio", "blink_duration", "mouth_opening", "yaw_jitter", "pitch_jitter", "roll_jitter", "acceleration"];

    /// <inheritdoc/>
    public string Name => "landmarks";

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames { get; } =
        ["blink_rate",
            .. Series.SelectMany(name => new[] { "mean", "deviation", "q10", "q50", "q90" }.Select(statistic => $"{name}_{statistic}"))];

    /// <inheritdoc/>
    public bool Compute(IReadOnlyList<LandmarkSample> track, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(track);
        if (features.Length != ColumnNames.Count) throw new ArgumentException(
            $"{features.Length} values were offered for the {ColumnNames.Count} features of {Name}.", nameof(features));
        var poses = Usable(track);
        var runs = Runs(poses);
        if (!runs.Any(run => run.Count >= 3)) return false;
        var eyes = poses.Select(p => (EyeRatio(p.Face, 36) + EyeRatio(p.Face, 42)) / 2).ToArray();
        var times = poses.Select(p => p.TimeS).ToArray();
        var threshold = BlinkSeries.ClosedShare * SeriesSummary.Quantile([.. eyes.Order()], 0.9);
        var blinks = new List<double>();
        double watched = 0;
        foreach (var (start, count) in runs)
        {
            watched += times[start + count - 1] - times[start];
            BlinkSeries.Add(times.AsSpan(start, count), eyes.AsSpan(start, count), threshold, blinks);
        }

        features[0] = (float)(60 * blinks.Count / watched);
        IEnumerable<double> Triples(Func<PosedFace, PosedFace, PosedFace, double> measure) =>
            runs.SelectMany(run =>
                Enumerable.Range(run.Start + 1, Math.Max(0, run.Count - 2)).Select(i => measure(poses[i - 1], poses[i], poses[i + 1])));
        double[][] series =
        [
            eyes,
            [.. blinks],
            [.. poses.Select(p => InnerLips.Average(pair => Landmarks68.Distance(p.Face, pair.Upper, p.Face, pair.Lower)) / p.Pose.Scale)],
            [.. Triples((a, b, c) => Jitter(a, b, c, p => p.Pose.YawDegrees))],
            [.. Triples((a, b, c) => Jitter(a, b, c, p => p.Pose.PitchDegrees))],
            [.. Triples((a, b, c) => Jitter(a, b, c, p => p.Pose.RollDegrees))],
            [.. Triples(Acceleration)],
        ];
        for (var i = 0; i < series.Length; i++) SeriesSummary.Write(
            series[i], features.Slice(1 + (SeriesSummary.Length * i), SeriesSummary.Length));
        return true;
    }

    private static double EyeRatio(Landmarks68 face, int first)
    {
        double Between(int a, int b) => Landmarks68.Distance(face, first + a, face, first + b);
        return (Between(1, 5) + Between(2, 4)) / Math.Max(2 * Between(0, 3), 1e-6);
    }

    /// <summary>Degrees, the short way round, between the middle angle and the line through the outer two.</summary>
    private static double Jitter(PosedFace before, PosedFace here, PosedFace after, Func<PosedFace, double> angle)
    {
        var first = Math.IEEERemainder(angle(before) - angle(here), 360);
        var second = Math.IEEERemainder(angle(after) - angle(here), 360);
        var share = (here.TimeS - before.TimeS) / (after.TimeS - before.TimeS);
        return Math.Abs(first + (share * (second - first)));
    }

    private static double Acceleration(PosedFace before, PosedFace here, PosedFace after)
    {
        var (dt1, dt2) = (here.TimeS - before.TimeS, after.TimeS - here.TimeS);
        double sum = 0;
        for (var k = 0; k < Landmarks68.Count; k++)
        {
            var (a, b, c) = (before.Upright(k), here.Upright(k), after.Upright(k));
            var x = ((c.X - b.X) / dt2) - ((b.X - a.X) / dt1);
            var y = ((c.Y - b.Y) / dt2) - ((b.Y - a.Y) / dt1);
            sum += Math.Sqrt((x * x) + (y * y)) * 2 / (dt1 + dt2);
        }

        return sum / Landmarks68.Count;
    }

    private List<PosedFace> Usable(IReadOnlyList<LandmarkSample> track)
    {
        var result = new List<PosedFace>();
        for (var i = 0; i < track.Count; i++)
        {
            var sample = track[i];
            if (!double.IsFinite(sample.TimeS) || (i > 0 && sample.TimeS <= track[i - 1].TimeS))
                throw new UserErrorException(FormattableString.Invariant(
                    $"{Name}: sample {i} lies at {sample.TimeS} s, not after the one before; give a track in order of time."));
            if (sample.Confidence < MinimumConfidence || float.IsNaN(sample.Confidence)) continue;
            if (!sample.Landmarks.Values.All(float.IsFinite))
                throw new UserErrorException(FormattableString.Invariant(
                    $"{Name}: the landmarks at {sample.TimeS} s are not all finite; leave the sample out or give it confidence 0."));
            if (HeadPose.Of(sample.Landmarks) is { } pose) result.Add(new PosedFace(sample.TimeS, sample.Landmarks, pose));
        }

        return result;
    }

    private static List<(int Start, int Count)> Runs(List<PosedFace> faces)
    {
        var steps = faces.Zip(faces.Skip(1), (a, b) => b.TimeS - a.TimeS).ToArray();
        var longest = LongestGap * SeriesSummary.Quantile([.. steps.Order()], 0.5);
        var runs = new List<(int Start, int Count)>();
        var start = 0;
        for (var i = 1; i <= faces.Count; i++)
        {
            if (i < faces.Count && steps[i - 1] <= longest) continue;
            runs.Add((start, i - start));
            start = i;
        }

        return runs;
    }

    private sealed record PosedFace(double TimeS, Landmarks68 Face, HeadPose Pose)
    {
        private readonly (double Sin, double Cos) turn = Math.SinCos(-Pose.RollDegrees * Math.PI / 180);

        /// <summary>A point with the head's place, roll and scale taken out, in outer-eye distances.</summary>
        public (double X, double Y) Upright(int index)
        {
            var (x, y) = ((Face[index].X - Pose.CentreX) / Pose.Scale, (Face[index].Y - Pose.CentreY) / Pose.Scale);
            return ((turn.Cos * x) - (turn.Sin * y), (turn.Sin * x) + (turn.Cos * y));
        }
    }
}

/// <summary>Blinks in a series of eye aspect ratios.</summary>
internal static class BlinkSeries
{
    /// <summary>Eyes count as closed below this share of their open ratio.</summary>
    public const double ClosedShare = 0.7;

    /// <summary>Eyes shut for longer are not a blink, seconds.</summary>
    public const double LongestS = 1;

    /// <summary>
    /// Durations, in seconds, of the blinks of one unbroken run: neighbouring samples below <paramref name="threshold"/> with an open one
    /// before and after, from crossing to crossing on the straight lines between samples. What is cut off by the run's ends has no known
    /// duration and is left out.
    /// </summary>
    public static void Add(ReadOnlySpan<double> times, ReadOnlySpan<double> ratios, double threshold, List<double> durations)
    {
        var closing = double.NaN;
        for (var i = 1; i < ratios.Length; i++)
        {
            var (before, after) = (ratios[i - 1] < threshold, ratios[i] < threshold);
            if (before == after) continue;
            var crossing = times[i - 1] + ((times[i] - times[i - 1]) * (ratios[i - 1] - threshold) / (ratios[i - 1] - ratios[i]));
            if (after) closing = crossing;
            else if (crossing - closing <= LongestS) durations.Add(crossing - closing);
        }
    }
}
