namespace ForensicHeads.Statistics;

/// <summary>The difference of two balanced accuracies on the same people, drivers and frames, with its tests over people.</summary>
/// <param name="Difference">First minus second accuracy, ½ (TPR + TNR); the interval is the delete-one-person jackknife with t(n −
/// 1).</param>
/// <param name="P">The exact sign-flip test over people.</param>
/// <param name="McNemar">Obuchowski's clustered McNemar test, both classes weighing the same; null below two people.</param>
/// <param name="Pairs">Paired decisions.</param>
/// <param name="FirstOnly">Pairs that the first alone has right.</param>
/// <param name="SecondOnly">Pairs that the second alone has right.</param>
public sealed record PairedAccuracy(Estimate Difference, double? P, (double ChiSquare, double P)? McNemar, int Pairs, int FirstOnly,
    int SecondOnly)
{
    /// <summary>Compares two series of decisions.</summary>
    /// <remarks>Where no person moves the difference, the limits are the difference ± (1 − 0.025^(1/n)), as for
    /// <see cref="ClusteredAuc.Difference"/>.</remarks>
    /// <param name="decisions">All pairs; at least one of either class.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static PairedAccuracy Compare(IReadOnlyCollection<PairedDecision> decisions, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        var people = decisions.GroupBy(pair => pair.Identity, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person =>
            (Real: new Side(person.Where(pair => !pair.Generated)), Generated: new Side(person.Where(pair => pair.Generated)))).ToArray();
        var (real, generated) = (people.Sum(person => person.Real.Pairs), people.Sum(person => person.Generated.Pairs));
        var (first, second) = (decisions.Count(pair => pair is { FirstRight: true, SecondRight: false }),
            decisions.Count(pair => pair is { FirstRight: false, SecondRight: true }));
        if (real == 0 || generated == 0)
            return new PairedAccuracy(Estimate.Undefined(
                    $"{real} real and {generated} generated pairs: accuracy needs both classes", people.Length), null, null,
                decisions.Count, first, second);

        // Times both counts, so that a person whose pairs balance gives 0 and not what rounding leaves of it; neither test minds the scale.
        double Weighed(int ofReal, int ofGenerated) => ((double)ofReal * generated) + ((double)ofGenerated * real);
        (double FirstOnly, double SecondOnly)[] weighed =
            [.. people.Select(person =>
            (Weighed(person.Real.FirstOnly, person.Generated.FirstOnly), Weighed(person.Real.SecondOnly, person.Generated.SecondOnly)))];
        var difference = weighed.Sum(person => person.FirstOnly - person.SecondOnly) / (2.0 * real * generated);
        var p = SignFlip.Test([.. weighed.Select(person => person.FirstOnly - person.SecondOnly)], seed);
        return new PairedAccuracy(Interval(people, real, generated, difference), p, ClusteredMcNemar.Test(weighed), decisions.Count, first,
            second);
    }

    private static Estimate Interval((Side Real, Side Generated)[] people, int real, int generated, double difference)
    {
        var n = Math.Min(people.Count(person => person.Real.Pairs > 0), people.Count(person => person.Generated.Pairs > 0));
        if (n < 2) return new Estimate(difference, null, null, n, "an interval needs at least two people");
        var (sumReal, sumGenerated) = (people.Sum(person => person.Real.Surplus), people.Sum(person => person.Generated.Surplus));
        var left = people.Where(person => person.Real.Pairs < real && person.Generated.Pairs < generated)
            .Select(person =>
                0.5 * (((double)(sumReal - person.Real.Surplus) / (real - person.Real.Pairs))
            + ((double)(sumGenerated - person.Generated.Surplus) / (generated - person.Generated.Pairs)))).ToArray();
        var mean = left.Average();
        var error = Math.Sqrt((left.Length - 1.0) / left.Length * left.Sum(value => (value - mean) * (value - mean)));
        var still = error < 1e-12;
        var half = still ? 1 - Quantiles.AllSucceededLowerLimit(n) : Quantiles.StudentT(n - 1) * error;
        return new Estimate(difference, Math.Max(-1, difference - half), Math.Min(1, difference + half), n, still
            ? "no person changes the difference: limits from the exact binomial over people" : null);
    }

    // One person's pairs of one class.
    private readonly struct Side(IEnumerable<PairedDecision> pairs)
    {
        private readonly PairedDecision[] own = [.. pairs];

        internal int Pairs => own.Length;

        internal int FirstOnly => own.Count(pair => pair is { FirstRight: true, SecondRight: false });

        internal int SecondOnly => own.Count(pair => pair is { FirstRight: false, SecondRight: true });

        internal int Surplus => FirstOnly - SecondOnly;
    }
}

/// <summary>One thing that was called real or generated twice: by two detectors, or as made in two ways from the same driver
/// frame.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Generated">Its true class.</param>
/// <param name="FirstRight">Whether the first call is right.</param>
/// <param name="SecondRight">Whether the second is.</param>
public readonly record struct PairedDecision(string Identity, bool Generated, bool FirstRight, bool SecondRight);
