namespace ForensicHeads.Detector.Features;

/// <summary>Mean, deviation and quantiles of a series.</summary>
internal static class SeriesSummary
{
    /// <summary>Numbers a series is described by.</summary>
    public const int Length = 5;

    /// <summary>Writes mean, deviation (divided by n) and the quantiles 0.1, 0.5 and 0.9; zeros for an empty series.</summary>
    public static void Write(double[] values, Span<float> output)
    {
        output.Clear();
        if (values.Length == 0) return;
        var mean = values.Average();
        var sorted = values.Order().ToArray();
        output[0] = (float)mean;
        output[1] = (float)Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        output[2] = (float)Quantile(sorted, 0.1);
        output[3] = (float)Quantile(sorted, 0.5);
        output[4] = (float)Quantile(sorted, 0.9);
    }

    /// <summary>The quantile with linear interpolation between order statistics (type 7 of Hyndman and Fan 1996); 0 of nothing.</summary>
    /// <param name="sorted">In ascending order.</param>
    /// <param name="share">0 … 1.</param>
    public static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0) return 0;
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((at - low) * (sorted[high] - sorted[low]));
    }
}
