using MathNet.Numerics.Distributions;

namespace ForensicHeads.Statistics;

/// <summary>Intervals (95 %) for a proportion of independent trials.</summary>
public static class BinomialInterval
{
    /// <summary>Wilson's score interval. For independent trials only: it under-covers frames of the same people.</summary>
    public static (double Low, double High) Wilson(double successes, double trials)
    {
        var (p, z) = (successes / trials, Quantiles.Normal);
        var centre = (p + (z * z / (2 * trials))) / (1 + (z * z / trials));
        var half = z / (1 + (z * z / trials)) * Math.Sqrt((p * (1 - p) / trials) + (z * z / (4 * trials * trials)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>The exact interval of Clopper and Pearson; counts may be fractional (effective sample sizes).</summary>
    public static (double Low, double High) ClopperPearson(double successes, double trials)
    {
        var failures = trials - successes;
        var low = successes <= 0 ? 0 : Beta.InvCDF(successes, failures + 1, Quantiles.Tail);
        var high = failures <= 0 ? 1 : Beta.InvCDF(successes + 1, failures, 1 - Quantiles.Tail);
        return (low, high);
    }
}
