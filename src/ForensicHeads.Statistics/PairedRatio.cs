namespace ForensicHeads.Statistics;

/// <summary>The ratio of two means over the same people: how many times the error of one method is that of another.</summary>
public static class PairedRatio
{
    /// <summary>Mean of the first over mean of the second; delete-one-person jackknife on the log scale, t(n − 1).</summary>
    /// <param name="people">Both values of each person, positive.</param>
    public static Estimate Of(IReadOnlyList<(double First, double Second)> people)
    {
        var n = people.Count;
        var (first, second) = (people.Sum(person => person.First), people.Sum(person => person.Second));
        if (!(first > 0) || !(second > 0)) return Estimate.Undefined("a ratio needs people and positive means", n);
        if (n < 2) return new Estimate(first / second, null, null, n, "an interval needs at least two people");
        var left = people.Select(person => Math.Log((first - person.First) / (second - person.Second))).ToArray();
        if (!left.All(double.IsFinite)) return new Estimate(first / second, null, null, n, "without one person a mean is zero");
        var mean = left.Average();
        var half = Quantiles.StudentT(n - 1) * Math.Sqrt((n - 1.0) / n * left.Sum(value => (value - mean) * (value - mean)));
        return new Estimate(first / second, first / second * Math.Exp(-half), first / second * Math.Exp(half), n);
    }
}
