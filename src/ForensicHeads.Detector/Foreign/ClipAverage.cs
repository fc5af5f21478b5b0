namespace ForensicHeads.Detector.Foreign;

/// <summary>How the scores of a clip's frames become one.</summary>
public enum ClipAverage
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The median; of an even number of frames, the mean of the two in the middle.</summary>
    Median,

    /// <summary>The highest.</summary>
    Max,
}

/// <summary>Takes them together.</summary>
public static class ClipAverages
{
    /// <summary>The score of a clip.</summary>
    /// <param name="average">How.</param>
    /// <param name="frames">The frames' scores; those that are null are left out.</param>
    /// <returns>Null where no frame has one.</returns>
    public static double? Of(this ClipAverage average, IEnumerable<double?> frames)
    {
        double[] known = [.. frames.OfType<double>()];
        if (known.Length == 0) return null;
        return average switch
        {
            ClipAverage.Median => Median([.. known.Order()]),
            ClipAverage.Max => known.Max(),
            _ => known.Average(),
        };
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
