namespace ForensicHeads.Statistics;

/// <summary>The mean of one difference a person (SSIM at 32 shots minus SSIM at 1, say).</summary>
public static class PairedMean
{
    /// <summary>Mean, t(n − 1) interval and the exact sign-flip p.</summary>
    /// <param name="differences">One paired difference a person.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static PairedComparison Compare(IReadOnlyList<double> differences, long seed = 0) =>
        new(Interval(differences), SignFlip.Test(differences, seed));

    /// <summary>Mean and t(n − 1) interval.</summary>
    /// <param name="values">One value a person.</param>
    public static Estimate Interval(IReadOnlyList<double> values)
    {
        var n = values.Count;
        if (n == 0) return Estimate.Undefined("no people");
        var mean = values.Average();
        if (n == 1) return new Estimate(mean, null, null, 1, "an interval needs at least two people");
        var half = Quantiles.StudentT(n - 1) * Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (n - 1) / n);
        return new Estimate(mean, mean - half, mean + half, n);
    }
}
