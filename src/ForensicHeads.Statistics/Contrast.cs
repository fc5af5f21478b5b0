namespace ForensicHeads.Statistics;

/// <summary>What the interval of a difference says, beside a margin within which nobody would mind.</summary>
public enum ContrastAnswer
{
    /// <summary>Wholly above 0.</summary>
    Above,

    /// <summary>Wholly below 0.</summary>
    Below,

    /// <summary>Neither, and inside ± the margin.</summary>
    Equivalent,

    /// <summary>Anything else: the experiment cannot tell.</summary>
    Unknown,
}

/// <summary>A difference that was written down beforehand, and what may be concluded from it.</summary>
/// <remarks>That an interval holds 0 is no sign that there is nothing: only an interval within the margin is (two one-sided tests,
/// Schuirmann 1987, here at 2.5 % each).</remarks>
public static class Contrast
{
    /// <summary>In standard errors, what a two-sided test at 5 % finds in 80 % of experiments: the sum of two quantiles of t(n − 1), 2.8
    /// for many people, 14 for two.</summary>
    /// <param name="people">n, at least 2.</param>
    public static double EightyPercentPower(int people) =>
        Quantiles.StudentT(people - 1) + MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, people - 1, 0.8);

    /// <summary>The verdict of an interval; <see cref="ContrastAnswer.Unknown"/> without one.</summary>
    /// <param name="difference">The difference with its interval.</param>
    /// <param name="margin">Differences within ± this count as none, above 0.</param>
    public static ContrastAnswer Of(Estimate difference, double margin)
    {
        ArgumentNullException.ThrowIfNull(difference);
        if (difference.Low is not { } low || difference.High is not { } high) return ContrastAnswer.Unknown;
        if (low > 0) return ContrastAnswer.Above;
        if (high < 0) return ContrastAnswer.Below;
        return low >= -margin && high <= margin ? ContrastAnswer.Equivalent : ContrastAnswer.Unknown;
    }

    /// <summary>The trend of an area over log2 of a dose: each person's least-squares slope, tested by the exact sign flip over
    /// people.</summary>
    /// <param name="real">Items that are the same at every dose.</param>
    /// <param name="doses">Doses above 0, two or more, each with generated items of the same people.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    /// <returns>Mean slope in area per doubling, over the people who have every dose, and p.</returns>
    public static PairedComparison Trend(IReadOnlyList<ClusteredScore> real,
        IReadOnlyList<(double Dose, IReadOnlyList<ClusteredScore> Generated)> doses, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(doses);
        if (real.Count == 0 || doses.Count < 2) return new PairedComparison(Estimate.Undefined("a trend needs two doses"), null);
        double[] sorted = [.. real.Select(item => item.Score).Order()];
        var areas = doses.Select(dose => dose.Generated.GroupBy(item => item.Identity, StringComparer.Ordinal).ToDictionary(
            person => person.Key, person => person.Average(item => Auc.Below(sorted, item.Score)) / sorted.Length, StringComparer.Ordinal))
            .ToArray();
        double[] x = [.. doses.Select(dose => Math.Log2(dose.Dose))];
        var (centre, spread) = (x.Average(), x.Sum(value => (value - x.Average()) * (value - x.Average())));
        var people = areas[0].Keys.Where(person => areas.All(area => area.ContainsKey(person))).Order(StringComparer.Ordinal);
        return PairedMean.Compare(
            [.. people.Select(person => x.Zip(areas).Sum(dose => (dose.First - centre) * dose.Second[person]) / spread)], seed);
    }
}
