namespace ForensicHeads.Detector.Features;

/// <summary>Blinks in a series of eye aspect ratios.</summary>
internal static class BlinkSeries
{
    /// <summary>Eyes count as closed below this share of their open ratio.</summary>
    public const double ClosedShare = 0.7;

    /// <summary>Eyes shut for longer are not a blink, seconds.</summary>
    public const double LongestS = 1;

    /// <summary>
    /// Durations, in seconds, of the blinks of one unbroken run: neighbouring samples below <paramref name="threshold"/> with an open one
    /// before and after, from crossing to crossing on the straight lines between samples. What is cut off by the run's ends has no known
    /// duration and is left out.
    /// </summary>
    public static void Add(ReadOnlySpan<double> times, ReadOnlySpan<double> ratios, double threshold, List<double> durations)
    {
        var closing = double.NaN;
        for (var i = 1; i < ratios.Length; i++)
        {
            var (before, after) = (ratios[i - 1] < threshold, ratios[i] < threshold);
            if (before == after) continue;
            var crossing = times[i - 1] + ((times[i] - times[i - 1]) * (ratios[i - 1] - threshold) / (ratios[i - 1] - ratios[i]));
            if (after) closing = crossing;
            else if (crossing - closing <= LongestS) durations.Add(crossing - closing);
        }
    }
}
