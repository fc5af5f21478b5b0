namespace ForensicHeads.Reporting.Statistics;

/// <summary>The mean of one difference a person (SSIM at 32 shots minus SSIM at 1, say).</summary>
public static class PairedMean
{
    /// <summary>Mean, t(n − 1) interval and the exact sign-flip p.</summary>
    /// <param name="differences">One paired difference a person.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static PairedComparison Compare(IReadOnlyList<double> differences, long seed = 0)
    {
        var n = differences.Count;
        if (n == 0) return new PairedComparison(Estimate.Undefined("no people"), null);
        var mean = differences.Average();
        var p = SignFlip.Test(differences, seed);
        if (n == 1) return new PairedComparison(new Estimate(mean, null, null, 1, "an interval needs at least two people"), p);
        var half = Quantiles.StudentT(n - 1) * Math.Sqrt(differences.Sum(value => (value - mean) * (value - mean)) / (n - 1) / n);
        return new PairedComparison(new Estimate(mean, mean - half, mean + half, n), p);
    }
}
