namespace ForensicHeads.Statistics;

/// <summary>
/// Shares (TPR, TNR, accuracy) with a 95 % interval that takes the person, not the item, as the unit: <see cref="PeopleInterval"/> on the
/// variance between people.
/// </summary>
public static class ClusteredProportion
{
    /// <summary>Share of successes over all items.</summary>
    /// <param name="people">Successes and items of each person; people without items are left out.</param>
    public static Estimate Share(IEnumerable<(int Successes, int Items)> people)
    {
        var used = people.Where(person => person.Items > 0).ToArray();
        var items = used.Sum(person => person.Items);
        if (items == 0) return Estimate.Undefined("no items in this class");
        var share = (double)used.Sum(person => person.Successes) / items;
        return Interval(share, [.. used.Select(person => (person.Successes - (share * person.Items)) / items)], items);
    }

    /// <summary>
    /// Balanced accuracy, ½ (TPR + TNR): equals plain accuracy where the classes are equally large, and keeps a change of TPR worth half as
    /// much in accuracy where they are not.
    /// </summary>
    /// <param name="people">Right calls and items of each person in either class.</param>
    public static Estimate BalancedAccuracy(IEnumerable<(int RealRight, int Real, int GeneratedRight, int Generated)> people)
    {
        var used = people.Where(person => person.Real + person.Generated > 0).ToArray();
        var (real, generated) = (used.Sum(person => person.Real), used.Sum(person => person.Generated));
        if (real == 0 || generated == 0) return Estimate.Undefined(
            $"{real} real and {generated} generated items: accuracy needs both classes");
        var tnr = (double)used.Sum(person => person.RealRight) / real;
        var tpr = (double)used.Sum(person => person.GeneratedRight) / generated;
        var residuals = used.Select(person =>
            0.5 * (((person.RealRight - (tnr * person.Real)) / real) + ((person.GeneratedRight - (tpr * person.Generated)) / generated)));
        return Interval((tpr + tnr) / 2, [.. residuals], real + generated);
    }

    private static Estimate Interval(double share, double[] residuals, int items)
    {
        var people = residuals.Length;
        if (people < 2) return new Estimate(share, null, null, people, "an interval needs at least two people");
        var variance = (double)people / (people - 1) * residuals.Sum(value => value * value);
        var (low, high) = PeopleInterval.Limits(share, variance, people, items);
        return new Estimate(share, low, high, people, share is 0 or 1 ? $"no variation: exact binomial over {people} people" : null);
    }
}
