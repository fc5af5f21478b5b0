namespace ForensicHeads.Experiments.Protocols;

/// <summary>What a detector would say of clips whose generator (or collection) and people neither taught nor calibrated it.</summary>
/// <remarks>The calibrator of a round is fitted on the scores of the other rounds: those that left out another generator or collection and
/// another fold, less everybody and every generator of the round. A clip that stands in several rounds counts with the share of them, and
/// with its mean ratio.</remarks>
internal static class UnseenVerdicts
{
    // A video; only a single frame would get no word.
    private const int Frames = 2;

    /// <summary>The shares of each word; null where no round can be calibrated.</summary>
    /// <param name="scores">All rounds of one scorer.</param>
    public static VerdictShares? Of(IReadOnlyList<RoundScore> scores)
    {
        var judged = scores.GroupBy(score => (score.LeftOut, score.Fold)).SelectMany(round => Round([.. round], scores)).ToArray();
        if (judged.Length == 0) return null;
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
            Cllr = Cllr.Compute(realLlrs, madeLlrs)!.Value,
            CllrMin = Cllr.Minimum(realLlrs, madeLlrs)!.Value,
        };

        (double Llr, double Real, double Generated)[] Clips(bool generated) =>
            [.. judged.Where(one => one.Score.Generated == generated).GroupBy(one => one.Score.Clip).Select(clip => (
                clip.Average(one => one.Said.Llr!.Value), clip.Average(one => one.Said.Verdict == Verdict.Real ? 1.0 : 0),
                clip.Average(one => one.Said.Verdict == Verdict.Generated ? 1.0 : 0)))];
    }

    private static IEnumerable<(RoundScore Score, Judgement Said)> Round(RoundScore[] round, IReadOnlyList<RoundScore> all)
    {
        var people = round.Select(score => score.Identity).ToHashSet(StringComparer.Ordinal);
        var generators = round.Where(score => score.Generated).Select(score => score.Generator).ToHashSet(StringComparer.Ordinal);
        VideoScore[] others =
        [
            .. all.Where(score => score.LeftOut != round[0].LeftOut && score.Fold != round[0].Fold && !people.Contains(score.Identity)
                && !(score.Generated && generators.Contains(score.Generator))).Select(Video),
        ];
        if (others.All(video => video.Generated) || !others.Any(video => video.Generated)) return [];
        var calibrator = VideoCalibrator.Fit(others);
        return round.Select(score => (score, calibrator.Judge(Video(score))));
    }

    private static VideoScore Video(RoundScore score) => new(score.Identity, score.Clip,
        score.Generated ? FrameOrigin.MadeBy(score.Generator) : FrameOrigin.Real, score.Score, 0, Frames);
}
