namespace ForensicHeads.Statistics;

/// <summary>
/// The kernel inception distance of Bińkowski et al. (2018) in whatever features it is given: the unbiased estimate of the squared maximum
/// mean discrepancy under <c>k(x, y) = (xᵀy / d + 1)³</c>, over all frames at once (one block, no random subsets). About 0 for sets from
/// one distribution, as often below as above. Of frames made to equal true ones, no pair of the two is counted, as in the estimate for
/// paired samples of Gretton et al. (JMLR 2012, lemma 6, equation 4): such a pair is more alike than two draws are, and would hide a part
/// of the distance.
/// </summary>
public static class KernelDistance
{
    /// <summary>Sets one kind of frames against the true ones.</summary>
    /// <param name="truth">True frames, by person.</param>
    /// <param name="made">Made frames of the same people in the same order.</param>
    /// <param name="paired">Frame i of a person was made to equal true frame i of the same person.</param>
    /// <returns>The distance, and that without each person; null with fewer than two frames in a set.</returns>
    /// <exception cref="ArgumentException">Other people, vectors of another length, or paired sets with other numbers of
    /// frames.</exception>
    public static PersonJackknife Of(FeatureSet truth, FeatureSet made, bool paired = false)
    {
        FeatureSet.RequireAlike(truth, made);
        if (paired
            && !truth.Counts.SequenceEqual(
                made.Counts)) throw new ArgumentException("Paired sets need as many made frames of each person as true ones.",
            nameof(paired));
        var between = FeatureSet.Between(truth, made, paired);
        double? Without(int? person)
        {
            var (n, m) = (truth.Frames(person), made.Frames(person));
            if (n < 2 || m < 2) return null;
            return (Total(truth.Within, person) / (n * (n - 1)))
                + (Total(made.Within, person) / (m * (m - 1))) - (2 * Total(between, person) / (n * (paired ? m - 1 : m)));
        }

        return new PersonJackknife(Without(null), [.. Enumerable.Range(0, truth.Counts.Count).Select(person => Without(person))]);
    }

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
}
