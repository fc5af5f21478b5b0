namespace ForensicHeads.Foundation;

/// <summary>The normalised mean error of landmarks found in a made frame against those of the true one.</summary>
public static class LandmarkError
{
    /// <summary>
    /// What a frame without a found face counts for where failures are included: one outer-eye distance. Larger errors count as this much,
    /// too, so that a method never looks better because a face was not found.
    /// </summary>
    public const double Worst = 1;

    /// <summary>Mean distance of the 68 points over the true outer-eye distance; null where the true eye corners coincide.</summary>
    public static double? Of(Landmarks68 found, Landmarks68 truth) => Between(found, truth, truth);

    /// <summary>Mean distance of two sets of 68 points over the true outer-eye distance; null where the true eye corners
    /// coincide.</summary>
    public static double? Between(Landmarks68 first, Landmarks68 second, Landmarks68 truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        double eyes = truth.OuterEyeDistance;
        if (!(eyes > 0)) return null;
        var sum = 0.0;
        for (var i = 0; i < Landmarks68.Count; i++) sum += Landmarks68.Distance(first, i, second, i);
        return sum / Landmarks68.Count / eyes;
    }

    /// <summary>The error with failures at the worst.</summary>
    /// <param name="error">The error of a found face, or null for a failure.</param>
    public static double OrWorst(double? error) => Math.Min(Worst, error ?? Worst);
}
