namespace ForensicHeads.Detector.Calibration;

/// <summary>Turns video scores into log10 likelihood ratios: a two-parameter logistic fitted on people of their own, with bounds.</summary>
/// <remarks>
/// Within a class every person weighs the same. The prior of the calibration set is taken out, so the ratio speaks of the evidence alone.
/// Bounds: ELUB (Vergeer 2016), and never beyond log10(n + 1) of the n calibration people of the smaller class.
/// </remarks>
public sealed record VideoCalibrator
{
    /// <summary>log10 LR per unit of score, ≥ 0.</summary>
    public required double Slope { get; init; }

    /// <summary>log10 LR at score 0, before bounds.</summary>
    public required double Offset { get; init; }

    /// <summary>Smallest log10 LR ever stated, ≤ 0.</summary>
    public required double LowerBound { get; init; }

    /// <summary>Largest log10 LR ever stated, ≥ 0.</summary>
    public required double UpperBound { get; init; }

    /// <summary>Smallest calibration score.</summary>
    public required double MinimumScore { get; init; }

    /// <summary>Largest calibration score.</summary>
    public required double MaximumScore { get; init; }

    /// <summary>Calibration people with real videos.</summary>
    public required int RealPeople { get; init; }

    /// <summary>Calibration people with generated videos.</summary>
    public required int GeneratedPeople { get; init; }

    /// <summary>Calibration videos of both classes.</summary>
    public required int Videos { get; init; }

    /// <summary>Fits the calibrator.</summary>
    /// <param name="scores">Video scores of the calibration people, finite, at least one of each class.</param>
    /// <remarks>If the calibration people contradict the detector's order (negative slope), every ratio becomes 1: inconclusive.</remarks>
    /// <exception cref="UserErrorException">A class is missing or a score is not finite.</exception>
    public static VideoCalibrator Fit(IReadOnlyList<VideoScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var real = People(scores, false);
        var fake = People(scores, true);
        if (real.Count == 0 || fake.Count == 0)
            throw new UserErrorException(
                $"Calibration has {real.Count} people with real and {fake.Count} with generated videos; both must be at least 1. Check "
                + "the split's calibration role.");
        if (scores.FirstOrDefault(s => !double.IsFinite(s.Score)) is { } bad)
            throw new UserErrorException(FormattableString.Invariant(
                $"Calibration video {bad.Video} has score {bad.Score}; scores must be finite. Leave the video out."));
        double[] values = [.. scores.Select(s => s.Score)];
        bool[] labels = [.. scores.Select(s => s.Generated)];
        double[] weights = [.. scores.Select(s => 1.0 / (s.Generated ? fake : real)[s.Identity])];
        var (slope, intercept) = PlattFit.Fit(values, labels, weights);
        var prior = Math.Log((double)fake.Count / real.Count);
        if (slope < 0) (slope, intercept) = (0, prior);
        var (a, b) = (slope / Math.Log(10), (intercept - prior) / Math.Log(10));
        var (lower, upper) = Elub.Bounds([.. values.Select(s => (a * s) + b)], labels);
        var most = Math.Log10(Math.Min(real.Count, fake.Count) + 1);
        return new VideoCalibrator
        {
            Slope = a,
            Offset = b,
            LowerBound = Math.Max(lower, -most),
            UpperBound = Math.Min(upper, most),
            MinimumScore = values.Min(),
            MaximumScore = values.Max(),
            RealPeople = real.Count,
            GeneratedPeople = fake.Count,
            Videos = scores.Count,
        };
    }

    /// <summary>The bounded log10 likelihood ratio of a video score; positive = generated.</summary>
    public double Llr(double score) => Math.Clamp((Slope * score) + Offset, LowerBound, UpperBound);

    /// <summary>Probability of "generated" at even prior odds, from the bounded ratio.</summary>
    public double ProbabilityAtEvenOdds(double score) => 1 / (1 + Math.Pow(10, -Llr(score)));

    /// <summary>Whether a score lies among those of the calibration videos; a ratio beyond them is a guess.</summary>
    public bool Covers(double score) => score >= MinimumScore && score <= MaximumScore;

    /// <summary>Judges a video.</summary>
    public Judgement Judge(VideoScore video)
    {
        ArgumentNullException.ThrowIfNull(video);
        if (video.Frames < 2) return new Judgement(video.Score, video.Spread, null, null, "a single frame gets a score but no verdict");
        var llr = Llr(video.Score);
        if (!Covers(video.Score))
        {
            var range = FormattableString.Invariant(
                $"score {video.Score:0.###} lies outside the calibrated range {MinimumScore:0.###} … {MaximumScore:0.###}");
            return new Judgement(video.Score, video.Spread, llr, Verdict.Inconclusive, range);
        }

        if (Math.Abs(llr) < Verdict.Threshold)
            return new Judgement(video.Score, video.Spread, llr, Verdict.Inconclusive,
                FormattableString.Invariant($"log10 LR {llr:0.##} is within ±{Verdict.Threshold}"));
        return new Judgement(video.Score, video.Spread, llr, llr > 0 ? Verdict.Generated : Verdict.Real, null);
    }

    private static Dictionary<string, int> People(IEnumerable<VideoScore> scores, bool generated) =>
        scores.Where(s => s.Generated == generated).GroupBy(s => s.Identity, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}

/// <summary>What a calibrated detector says about one video.</summary>
/// <param name="Score">Mean logit of the frames.</param>
/// <param name="Spread">Standard deviation of the frames' logits.</param>
/// <param name="Llr">log10 likelihood ratio, positive = generated, bounded; null for a single frame.</param>
/// <param name="Verdict">One of the words of <see cref="Calibration.Verdict"/>; null for a single frame, which gets a score but no
/// verdict.</param>
/// <param name="Reason">Why the verdict is inconclusive or missing; null otherwise.</param>
public sealed record Judgement(double Score, double Spread, double? Llr, string? Verdict, string? Reason);
