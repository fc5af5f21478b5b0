namespace ForensicHeads.Statistics;

/// <summary>The difference between two groups of different people, one number a person.</summary>
public static class GroupDifference
{
    /// <summary>Random assignments to the groups; the observed one is one more.</summary>
    public const int Draws = 9_999;

    /// <summary>Mean of the first group minus mean of the second, with Welch's t interval (1947) and the permutation p.</summary>
    /// <param name="own">One number for each person of the first group.</param>
    /// <param name="others">One number for each person of the second.</param>
    /// <param name="seed">Seed of the permutations.</param>
    /// <returns>No interval where a group has one person or all people of both have the same number.</returns>
    public static PairedComparison Compare(IReadOnlyList<double> own, IReadOnlyList<double> others, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(others);
        var people = own.Count + others.Count;
        if (own.Count == 0 || others.Count == 0) return new PairedComparison(Estimate.Undefined("a group is empty", people), null);
        var difference = own.Average() - others.Average();
        return new PairedComparison(Interval(own, others, difference), Permuted([.. own, .. others], own.Count, difference, seed));
    }

    private static Estimate Interval(IReadOnlyList<double> own, IReadOnlyList<double> others, double difference)
    {
        var people = own.Count + others.Count;
        if (own.Count < 2 || others.Count < 2) return new Estimate(difference, null, null, people, "a group has one person");
        var (a, b) = (Squared(own), Squared(others));
        if (a + b == 0) return new Estimate(difference, null, null, people, "nobody differs within a group");
        var degrees = (a + b) * (a + b) / ((a * a / (own.Count - 1)) + (b * b / (others.Count - 1)));
        var half = Quantiles.StudentT(degrees) * Math.Sqrt(a + b);
        return new Estimate(difference, difference - half, difference + half, people);
    }

    // The squared standard error of a mean.
    private static double Squared(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count;
    }

    private static double Permuted(double[] values, int count, double difference, long seed)
    {
        var random = new SeededRandom(seed, "statistics/group-difference");
        var (total, threshold) = (values.Sum(), Math.Abs(difference) - 1e-12);
        var extreme = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            // The first places of a shuffle: a random group of that size.
            var sum = 0.0;
            for (var i = 0; i < count; i++)
            {
                var pick = i + random.NextInt(values.Length - i);
                (values[i], values[pick]) = (values[pick], values[i]);
                sum += values[i];
            }

            if (Math.Abs((sum / count) - ((total - sum) / (values.Length - count))) >= threshold) extreme++;
        }

        return (extreme + 1.0) / (Draws + 1);
    }
}
