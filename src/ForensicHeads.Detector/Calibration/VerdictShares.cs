namespace ForensicHeads.Detector.Calibration;

/// <summary>The words that a detector would use of clips whose generator (or collection) and people neither taught nor calibrated it, as
/// shares of clips; what is left to 1 is inconclusive.</summary>
public sealed record VerdictShares
{
    /// <summary>Real clips.</summary>
    public required int RealClips { get; init; }

    /// <summary>Share of them "consistent with generated".</summary>
    public required double RealCalledGenerated { get; init; }

    /// <summary>Share of them "consistent with real".</summary>
    public required double RealCalledReal { get; init; }

    /// <summary>Generated clips.</summary>
    public required int GeneratedClips { get; init; }

    /// <summary>Share of them "consistent with real".</summary>
    public required double GeneratedCalledReal { get; init; }

    /// <summary>Share of them "consistent with generated".</summary>
    public required double GeneratedCalledGenerated { get; init; }

    /// <summary>Cost of the ratios in bits; saying nothing costs 1.</summary>
    public required double Cllr { get; init; }

    /// <summary>The same after the best monotone recalibration.</summary>
    public required double CllrMin { get; init; }

    /// <summary>The shares; null where no round can be calibrated.</summary>
    /// <remarks>The calibrator of a round is fitted on the scores of the other rounds: those that left out another generator or collection
    /// and another fold, less everybody and every generator of the round, each clip once. A clip that stands in several rounds counts with
    /// the share of them, and with its mean ratio.</remarks>
    /// <param name="scores">All rounds of one detector; each video has two frames or more.</param>
    public static VerdictShares? Of(IReadOnlyList<RoundVideo> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var judged = scores.GroupBy(score => (score.LeftOut, score.Fold)).SelectMany(round => Round([.. round], scores)).ToArray();
        var (real, made) = (Clips(false), Clips(true));
        if (real.Length == 0 || made.Length == 0) return null;
        double[] realLlrs = [.. real.Select(clip => clip.Llr)], madeLlrs = [.. made.Select(clip => clip.Llr)];
        return new VerdictShares
        {
            RealClips = real.Length,
            RealCalledGenerated = real.Average(clip => clip.Generated),
            RealCalledReal = real.Average(clip => clip.Real),
            GeneratedClips = made.Length,
            GeneratedCalledReal = made.Average(clip => clip.Real),
            GeneratedCalledGenerated = made.Average(clip => clip.Generated),
            Cllr = Statistics.Cllr.Compute(realLlrs, madeLlrs)!.Value,
            CllrMin = Statistics.Cllr.Minimum(realLlrs, madeLlrs)!.Value,
        };

        (double Llr, double Real, double Generated)[] Clips(bool generated) =>
            [.. judged.Where(one => one.Video.Generated == generated).GroupBy(one => one.Video.Video).Select(clip => (
                clip.Average(one => one.Said.Llr!.Value), clip.Average(one => one.Said.Verdict == Verdict.Real ? 1.0 : 0),
                clip.Average(one => one.Said.Verdict == Verdict.Generated ? 1.0 : 0)))];
    }

    private static IEnumerable<(VideoScore Video, Judgement Said)> Round(RoundVideo[] round, IReadOnlyList<RoundVideo> all)
    {
        var people = round.Select(score => score.Video.Identity).ToHashSet(StringComparer.Ordinal);
        var generators = round.Select(score => score.Video.Origin.Generator).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var others = RoundVideo.Once(all.Where(score => score.LeftOut != round[0].LeftOut && score.Fold != round[0].Fold
            && !people.Contains(score.Video.Identity)
            && !(score.Video.Origin.Generator is { } generator && generators.Contains(generator))));
        if (others.All(video => video.Generated) || !others.Any(video => video.Generated)) return [];
        var calibrator = VideoCalibrator.Fit(others);
        return round.Select(score => (score.Video, calibrator.Judge(score.Video)));
    }
}

/// <summary>What a model said of a video in one round of a protocol: it had learnt without what the round leaves out and without the people
/// of its fold.</summary>
/// <param name="LeftOut">The generator or collection that the round leaves out.</param>
/// <param name="Fold">The fold of real people that the round leaves out, from 0.</param>
/// <param name="Video">The video and its score; its name is unique over all stores.</param>
public sealed record RoundVideo(string LeftOut, int Fold, VideoScore Video)
{
    /// <summary>Every video once, with the mean of its rounds' scores, in order of first appearance.</summary>
    public static IReadOnlyList<VideoScore> Once(IEnumerable<RoundVideo> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        return [.. rounds.GroupBy(one => one.Video.Video, StringComparer.Ordinal).Select(same =>
            same.First().Video with { Score = same.Average(one => one.Video.Score), Spread = same.Average(one => one.Video.Spread) })];
    }
}
