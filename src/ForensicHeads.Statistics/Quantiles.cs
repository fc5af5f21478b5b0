namespace ForensicHeads.Statistics;

/// <summary>The few quantiles that the intervals need, at the one confidence level of all reports.</summary>
public static class Quantiles
{
    /// <summary>Confidence of every interval: 95 %.</summary>
    public const double Confidence = 0.95;

    /// <summary>Probability in each tail: 2.5 %.</summary>
    public const double Tail = (1 - Confidence) / 2;

    /// <summary>The upper 2.5 % point of Student's t.</summary>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double StudentT(double degrees) =>
        Cache.GetOrAdd(degrees, static d => MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, d, 1 - Tail));

    /// <summary>
    /// The lower limit for a proportion when each of <paramref name="trials"/> independent trials succeeded (exact binomial):
    /// 0.025^(1/n); 0.735 for 12.
    /// </summary>
    public static double AllSucceededLowerLimit(int trials) => Math.Pow(Tail, 1.0 / trials);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<double, double> Cache = new();
}
