namespace ForensicHeads.Statistics;

/// <summary>The ROC curve and what is read from it. "Positive" means called generated: score > threshold.</summary>
public sealed class RocCurve
{
    private RocCurve(IReadOnlyList<RocPoint> points, int real) => (Points, RealCount) = (points, real);

    /// <summary>From (0, 0) to (1, 1), one point a distinct score and one before the highest, descending threshold.</summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>Number of real scores.</summary>
    public int RealCount { get; }

    /// <summary>Builds the curve, or returns null where a class is empty.</summary>
    public static RocCurve? Build(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated)
    {
        if (real.Count == 0 || generated.Count == 0) return null;
        var all = real.Select(score => (score, generated: false)).Concat(generated.Select(score => (score, generated: true)))
            .GroupBy(item => item.score).OrderByDescending(group => group.Key).ToArray();
        var points = new List<RocPoint> { new(all[0].Key, 0, 0) };
        var (falsePositives, truePositives) = (0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            foreach (var (_, isGenerated) in all[i])
            {
                if (isGenerated) truePositives++;
                else falsePositives++;
            }

            points.Add(new RocPoint(i + 1 < all.Length ? all[i + 1].Key : double.NegativeInfinity, (double)falsePositives / real.Count,
                (double)truePositives / generated.Count));
        }

        return new RocCurve(points, real.Count);
    }

    /// <summary>The equal error rate, by straight-line interpolation between the two points nearest to FPR = 1 − TPR.</summary>
    public double EqualErrorRate()
    {
        for (var i = 1; i < Points.Count; i++)
        {
            var (before, after) = (Points[i - 1], Points[i]);
            var gapBefore = 1 - before.TruePositiveRate - before.FalsePositiveRate;
            var gapAfter = 1 - after.TruePositiveRate - after.FalsePositiveRate;
            if (gapAfter > 0) continue;
            var share = gapBefore / (gapBefore - gapAfter);
            return before.FalsePositiveRate + (share * (after.FalsePositiveRate - before.FalsePositiveRate));
        }

        throw new InvalidOperationException("A ROC curve ends at (1, 1), so it crosses the diagonal.");
    }

    /// <summary>The highest true positive rate whose false positive rate is at most <paramref name="falsePositiveRate"/>.</summary>
    public double TruePositiveRateAt(double falsePositiveRate) =>
        Points.Where(point => point.FalsePositiveRate <= falsePositiveRate + 1e-12).Max(point => point.TruePositiveRate);
}

/// <summary>One point of a ROC curve.</summary>
/// <param name="Threshold">Scores above it are called generated; −∞ at the end.</param>
/// <param name="FalsePositiveRate">Share of real items called generated, 0 … 1.</param>
/// <param name="TruePositiveRate">Share of generated items called generated, 0 … 1.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
