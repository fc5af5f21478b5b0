namespace ForensicHeads.Statistics;

/// <summary>
/// The kernel inception distance of Bińkowski et al. (2018) in whatever features it is given: the unbiased estimate of the squared maximum
/// mean discrepancy under <c>k(x, y) = (xᵀy / d + 1)³</c>, over all frames at once (one block, no random subsets). About 0 for sets from
/// one distribution, as often below as above. Of frames made to equal true ones, no pair of the two is counted, as in the estimate for
/// paired samples of Gretton et al. (JMLR 2012, lemma 6, equation 4): such a pair is more alike than two draws are, and would hide a part
/// of the distance.
/// </summary>
public sealed class KernelDistance
{
    private readonly FeatureSet truth;
    private readonly FeatureSet made;
    private readonly double[,] between;
    private readonly bool paired;

    /// <summary>Sets one kind of frames against the true ones.</summary>
    /// <param name="truth">True frames, by person.</param>
    /// <param name="made">Made frames of the same people in the same order.</param>
    /// <param name="paired">Frame i of a person was made to equal true frame i of the same person.</param>
    /// <exception cref="ArgumentException">Other people, vectors of another length, or paired sets with other numbers of
    /// frames.</exception>
    public KernelDistance(FeatureSet truth, FeatureSet made, bool paired = false)
    {
        if (truth.Counts.Count != made.Counts.Count) throw new ArgumentException(
            $"{truth.Counts.Count} people cannot be set against {made.Counts.Count}; give both sets the same people in the same order.",
            nameof(made));
        if (truth.Dimension != made.Dimension) throw new ArgumentException(
            $"Vectors of {truth.Dimension} values cannot be compared with vectors of {made.Dimension}; take both from one layer of one "
            + "network.", nameof(made));
        if (paired
            && !truth.Counts.SequenceEqual(
                made.Counts)) throw new ArgumentException("Paired sets need as many made frames of each person as true ones.",
            nameof(paired));
        this.truth = truth;
        this.made = made;
        this.paired = paired;
        between = FeatureSet.Between(truth, made, paired);
    }

    /// <summary>The distance with a delete-one-person jackknife interval, t(n − 1); null with fewer than two frames in a set.</summary>
    public Estimate Interval() => Jackknife(Without(null), person => Without(person), truth.Counts.Count);

    /// <summary>This distance minus another from the same true frames, paired by leaving the same person out of both.</summary>
    /// <exception cref="ArgumentException">The other has other people.</exception>
    public Estimate Minus(KernelDistance other)
    {
        if (other.truth.Counts.Count != truth.Counts.Count) throw new ArgumentException(
            "The two distances are not over the same people; take both over those who have both.", nameof(other));
        return Jackknife(Without(null) - other.Without(null), person => Without(person) - other.Without(person), truth.Counts.Count);
    }

    private double? Without(int? person)
    {
        var (n, m) = (Total(truth.Counts, person), Total(made.Counts, person));
        if (n < 2 || m < 2) return null;
        return (Total(truth.Within, person) / (n * (n - 1)))
            + (Total(made.Within, person) / (m * (m - 1))) - (2 * Total(between, person) / (n * (paired ? m - 1 : m)));
    }

    private static double Total(IReadOnlyList<int> counts, int? person) => counts.Sum() - (person is { } p ? counts[p] : 0);

    private static double Total(double[,] sums, int? person)
    {
        var total = 0.0;
        for (var p = 0; p < sums.GetLength(0); p++)
        {
            for (var q = 0; q < sums.GetLength(1); q++)
                if (p != person && q != person) total += sums[p, q];
        }

        return total;
    }

    private static Estimate Jackknife(double? value, Func<int, double?> without, int people)
    {
        if (value is null) return Estimate.Undefined("a kernel distance needs at least two frames in each set", people);
        var left = Enumerable.Range(0, people).Select(without).OfType<double>().ToArray();
        if (left.Length < 2) return new Estimate(value, null, null, people, "an interval needs at least two people");
        var mean = left.Average();
        var half = Quantiles.StudentT(left.Length - 1) * Math.Sqrt(
            (left.Length - 1.0) / left.Length * left.Sum(other => (other - mean) * (other - mean)));
        return new Estimate(value, value - half, value + half, people);
    }
}
