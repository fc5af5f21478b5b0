namespace ForensicHeads.Statistics;

/// <summary>A Tippett plot: for each class, the share of items whose log-likelihood ratio exceeds a value.</summary>
public static class TippettCurve
{
    /// <summary>Points in ascending order of the ratio: at each distinct value the share of items above it; the first point lies before all
    /// of them with share 1. Empty without items.</summary>
    /// <param name="llrs">log10 likelihood ratios of one class, finite.</param>
    public static IReadOnlyList<TippettPoint> Build(IReadOnlyCollection<double> llrs)
    {
        if (llrs.Count == 0) return [];
        var sorted = llrs.Order().ToArray();
        var points = new List<TippettPoint> { new(sorted[0], 1) };
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i + 1 < sorted.Length && sorted[i + 1] == sorted[i]) continue;
            points.Add(new TippettPoint(sorted[i], (double)(sorted.Length - i - 1) / sorted.Length));
        }

        return points;
    }
}

/// <summary>One point of a Tippett plot.</summary>
/// <param name="Llr">log10 likelihood ratio, positive for generated.</param>
/// <param name="ShareAbove">Share of the class's items above it, 0 … 1.</param>
public readonly record struct TippettPoint(double Llr, double ShareAbove);
