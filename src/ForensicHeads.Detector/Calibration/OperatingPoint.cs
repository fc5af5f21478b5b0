namespace ForensicHeads.Detector.Calibration;

/// <summary>A threshold on scores: above it a frame or video counts as generated.</summary>
/// <param name="Threshold">In score units (logits).</param>
/// <param name="BalancedAccuracy">Mean of the two rates, on the people it was chosen on.</param>
/// <param name="TruePositiveRate">Share of generated scores above the threshold.</param>
/// <param name="TrueNegativeRate">Share of real scores at or below it.</param>
public sealed record OperatingPoint(double Threshold, double BalancedAccuracy, double TruePositiveRate, double TrueNegativeRate)
{
    /// <summary>
    /// Chooses the threshold of largest balanced accuracy among the midpoints of neighbouring different scores. Ties go to the point
    /// where the two rates differ least, then to the widest gap, then to the lowest threshold, so the choice never depends on the order of
    /// the data.
    /// </summary>
    /// <param name="scores">Finite scores of validation people.</param>
    /// <param name="generated">Their labels; both classes must occur.</param>
    /// <exception cref="UserErrorException">A class is missing or a score is not finite.</exception>
    public static OperatingPoint Choose(IReadOnlyList<double> scores, IReadOnlyList<bool> generated)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(generated);
        if (scores.Count != generated.Count) throw new ArgumentException($"{generated.Count} labels do not fit {scores.Count} scores.",
            nameof(generated));
        var positives = generated.Count(label => label);
        var negatives = generated.Count - positives;
        if (positives == 0 || negatives == 0)
            throw new UserErrorException(
                $"The threshold needs both classes; validation holds {negatives} real and {positives} generated scores. Check the "
                + "split's validation role.");
        if (scores.Any(score => !double.IsFinite(score))) throw new UserErrorException(
            "A validation score is not finite; leave that frame out and count it as a failure.");
        var levels = scores.Select((score, i) => (Score: score, Generated: generated[i])).GroupBy(item => item.Score)
            .OrderBy(group => group.Key)
            .Select(group => (Score: group.Key, Fake: group.Count(item => item.Generated), Real: group.Count(item => !item.Generated)))
            .ToArray();
        if (levels.Length == 1) return new OperatingPoint(levels[0].Score, 0.5, 0, 1);
        OperatingPoint? best = null;
        var bestGap = 0.0;
        int fakeBelow = 0, realBelow = 0;
        for (var i = 0; i + 1 < levels.Length; i++)
        {
            fakeBelow += levels[i].Fake;
            realBelow += levels[i].Real;
            var tpr = (double)(positives - fakeBelow) / positives;
            var tnr = (double)realBelow / negatives;
            var gap = levels[i + 1].Score - levels[i].Score;
            var point = new OperatingPoint(levels[i].Score + (gap / 2), (tpr + tnr) / 2, tpr, tnr);
            if (best is not null && !Better(point, gap, best, bestGap)) continue;
            best = point;
            bestGap = gap;
        }

        return best!;
    }

    private static bool Better(OperatingPoint point, double gap, OperatingPoint best, double bestGap)
    {
        const double Same = 1e-12;
        if (Math.Abs(point.BalancedAccuracy - best.BalancedAccuracy) > Same) return point.BalancedAccuracy > best.BalancedAccuracy;
        var difference = Math.Abs(point.TruePositiveRate - point.TrueNegativeRate);
        var bestDifference = Math.Abs(best.TruePositiveRate - best.TrueNegativeRate);
        if (Math.Abs(difference - bestDifference) > Same) return difference < bestDifference;
        return gap > bestGap;
    }
}
