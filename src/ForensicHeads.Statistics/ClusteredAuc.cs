namespace ForensicHeads.Statistics;

/// <summary>AUC with a 95 % interval that takes the person, not the frame, as the unit.</summary>
public static class ClusteredAuc
{
    /// <summary>
    /// AUC and its interval: exact binomial limits on an effective number of people, from the delete-one-person jackknife <c>V = (n − 1)/n
    /// Σ (A₍₋ᵢ₎ − mean)²</c>. <see cref="PeopleInterval"/> says how, and why it holds up to 1.
    /// </summary>
    /// <remarks>With fewer than two people in a class the limits are null; with an empty class everything is.</remarks>
    public static Estimate Interval(IEnumerable<ClusteredScore> scores)
    {
        var placements = new AucPlacements(scores);
        var people = placements.SmallerClassPeople;
        if (placements.Area is not { } area)
            return Estimate.Undefined(
                $"{placements.RealCount} real and {placements.GeneratedCount} generated items: AUC needs both classes", people);
        if (people < 2) return new Estimate(area, null, null, people, "an interval needs at least two people in each class");
        var error = JackknifeError([.. placements.People.Keys.Select(placements.Without).OfType<double>()]);
        var (low, high) = PeopleInterval.Limits(
            area, error * error, people, Math.Min(placements.RealCount, placements.GeneratedCount));
        return new Estimate(area, low, high, people, area is <= 0 or >= 1
            ? $"perfect separation: the open limit is the exact binomial one over {people} people" : null);
    }

    /// <summary>
    /// AUC of <paramref name="first"/> minus AUC of <paramref name="second"/>, paired by leaving the same person out of both; linear scale,
    /// t(n − 1).
    /// </summary>
    /// <remarks>
    /// Where no person moves the difference (both areas perfect, say), the limits are the difference ± (1 − 0.025^(1/n)), the exact
    /// binomial bound on the share of people who would differ. The p value is the exact sign-flip test over people, each person's
    /// difference being what their generated items add to the two areas.
    /// </remarks>
    public static PairedComparison Difference(IEnumerable<ClusteredScore> first, IEnumerable<ClusteredScore> second, long seed = 0)
    {
        var (a, b) = (new AucPlacements(first), new AucPlacements(second));
        var paired = Paired(a, b);
        return paired.Difference.Value is null ? paired
            : paired with { P = SignFlip.Test([.. Everybody(a, b).Select(identity => Share(a, identity) - Share(b, identity))], seed) };
    }

    /// <summary>The difference and its interval, without a test.</summary>
    internal static PairedComparison Paired(AucPlacements a, AucPlacements b)
    {
        var people = Math.Min(a.SmallerClassPeople, b.SmallerClassPeople);
        if (a.Area - b.Area is not { } difference) return new PairedComparison(Estimate.Undefined(
            "a class is empty in one of the two", people), null);
        if (people < 2)
            return new PairedComparison(new Estimate(difference, null, null, people, "an interval needs at least two people"), null);
        var left = Everybody(a, b).Select(identity => a.Without(identity) - b.Without(identity)).OfType<double>().ToArray();
        var error = JackknifeError(left);
        var still = error < 1e-12;
        var half = still ? 1 - Quantiles.AllSucceededLowerLimit(people) : Quantiles.StudentT(people - 1) * error;
        var warning = still ? "no person changes the difference: limits from the exact binomial over people" : null;
        return new PairedComparison(new Estimate(difference, Math.Max(-1, difference - half), Math.Min(1, difference + half), people,
            warning), null)
        { StandardError = half / Quantiles.StudentT(people - 1) };
    }

    private static IEnumerable<string> Everybody(AucPlacements a, AucPlacements b) =>
        a.People.Keys.Union(b.People.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static double Share(AucPlacements placements, string identity) =>
        placements.People.TryGetValue(identity, out var person)
            ? person.GeneratedWins / ((double)placements.RealCount * placements.GeneratedCount) : 0;

    private static double JackknifeError(double[] leftOut)
    {
        var mean = leftOut.Average();
        return Math.Sqrt((leftOut.Length - 1.0) / leftOut.Length * leftOut.Sum(value => (value - mean) * (value - mean)));
    }
}

/// <summary>A difference between two conditions seen on the same people.</summary>
/// <param name="Difference">First minus second, with its interval.</param>
/// <param name="P">Two-sided p of the exact sign-flip test over people (before Holm), or null.</param>
public sealed record PairedComparison(Estimate Difference, double? P)
{
    /// <summary>Of the difference, over people; null where none was computed.</summary>
    public double? StandardError { get; init; }
}

/// <summary>One score with the person it belongs to. Scores of one person are not independent.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Generated">True for generated, false for real.</param>
/// <param name="Score">Higher means more likely generated; any finite scale.</param>
public readonly record struct ClusteredScore(string Identity, bool Generated, double Score);
