namespace ForensicHeads.Statistics;

/// <summary>The area under the ROC curve: the chance that a generated item scores above a real one, ties counted half.</summary>
public static class Auc
{
    /// <summary>The exact area in O(n log n) (Mann and Whitney), or null where a class is empty.</summary>
    /// <param name="real">Scores of real items, finite.</param>
    /// <param name="generated">Scores of generated items, finite.</param>
    public static double? Compute(IReadOnlyCollection<double> real, IReadOnlyCollection<double> generated)
    {
        if (real.Count == 0 || generated.Count == 0) return null;
        var sorted = real.Order().ToArray();
        return generated.Sum(score => Below(sorted, score)) / ((double)real.Count * generated.Count);
    }

    /// <summary>The exact area of scores that carry their class.</summary>
    public static double? Compute(IEnumerable<ClusteredScore> scores)
    {
        var byClass = scores.ToLookup(score => score.Generated, score => score.Score);
        return Compute([.. byClass[false]], [.. byClass[true]]);
    }

    /// <summary>The exact area of scores beside their labels; NaN where a class is empty.</summary>
    /// <param name="scores">Finite.</param>
    /// <param name="generated">As many labels.</param>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> generated)
    {
        if (scores.Length != generated.Length) throw new ArgumentException($"{generated.Length} labels do not fit {scores.Length} scores.",
            nameof(generated));
        var byClass = (Real: new List<double>(scores.Length), Generated: new List<double>(scores.Length));
        for (var i = 0; i < scores.Length; i++) (generated[i] ? byClass.Generated : byClass.Real).Add(scores[i]);
        return Compute(byClass.Real, byClass.Generated) ?? double.NaN;
    }

    /// <summary>How many of <paramref name="sorted"/> lie below <paramref name="value"/>, equal ones counted half.</summary>
    internal static double Below(double[] sorted, double value)
    {
        var lower = Bound(sorted, value, strict: false);
        var upper = Bound(sorted, value, strict: true);
        return lower + (0.5 * (upper - lower));
    }

    private static int Bound(double[] sorted, double value, bool strict)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (strict && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
