namespace ForensicHeads.Statistics;

/// <summary>AUC with a 95 % interval that takes the person, not the frame, as the unit: a delete-one-identity jackknife with t(n −
/// 1).</summary>
public static class ClusteredAuc
{
    /// <summary>
    /// AUC and its interval on the logit scale: <c>se² = (n − 1)/n Σ (logit A₍₋ᵢ₎ − mean)²</c>, limits <c>expit(logit A ± t · se)</c>, n
    /// the people of the smaller class.
    /// </summary>
    /// <remarks>
    /// <para>A leave-one-out area of 0 or 1 counts as half a pair away from it. With fewer than two people in a class the limits are null;
    /// with an empty class everything is.</para>
    /// <para>Near 0 and 1 the logit of such an area is far from the others and the jackknife's limits run away ([.03, 1.00] around .999).
    /// Neither limit is therefore taken beyond <see cref="PeopleLimits"/>, the exact binomial interval in which every person is one trial.
    /// At an area of 0 or 1 the jackknife sees no spread at all, and that interval alone is left: 0.025^(1/n) for a perfect area (0.735 for
    /// 12 people). A warning says where it stood in.</para>
    /// <para>An area nearer to 1 than one item wholly on the wrong side would leave it says hardly more than a perfect one does, while the
    /// jackknife would measure how a few pairs fall upon people ([.9998, 1.0000] around .99997). There the lower limit is drawn towards
    /// that of <see cref="PeopleLimits"/>, by <c>(1 − w)^m</c> of the way, <c>w</c> the error in items of the smaller class, <c>m = (Σ
    /// eᵢ)²/Σ eᵢ²</c> the effective number of people who err (Kish 1965): the more of them share in it, the more is known of how people
    /// differ. It so runs into the limit of a perfect area. Near 0 the upper limit likewise.</para>
    /// <para>Coverage as simulated with intra-class correlation 0.5: reports/00005-coverage (at least 0.94 in every cell, 6 to 20 people,
    /// truth .75 to .999).</para>
    /// </remarks>
    public static Estimate Interval(IEnumerable<ClusteredScore> scores)
    {
        var placements = new AucPlacements(scores);
        var people = placements.SmallerClassPeople;
        if (placements.Area is not { } area)
            return Estimate.Undefined(
                $"{placements.RealCount} real and {placements.GeneratedCount} generated items: AUC needs both classes", people);
        if (people < 2) return new Estimate(area, null, null, people, "an interval needs at least two people in each class");
        var (least, most) = PeopleLimits(area, people);
        if (area is <= 0 or >= 1) return new Estimate(area, least, most, people,
            $"perfect separation: the open limit is the exact binomial one over {people} people");

        var (low, high) = JackknifeLimits(placements, area, people);
        var runaway = low < least || high > most;
        (low, high) = (Math.Max(low, least), Math.Min(high, most));
        var drawn = Unresolved(placements, area);
        if (area > 0.5) low -= drawn * (low - least);
        else high += drawn * (most - high);
        return new Estimate(area, low, high, people, runaway
            ? $"few people err: limits held within the exact binomial ones over {people} people"
            : drawn > 0
            ? $"less than one item's worth of error: the open limit is drawn towards the exact binomial one over {people} people" : null);
    }

    // How far an area just short of 0 or 1 is from showing how people differ: 1 where nothing does, 0 from one item's worth of error on.
    private static double Unresolved(AucPlacements placements, double area)
    {
        var worth = Math.Min(area, 1 - area) * Math.Min(placements.RealCount, placements.GeneratedCount);
        if (worth >= 1) return 0;
        double Wins(AucPlacements.Person person) => person.GeneratedWins + person.RealWins;
        double Pairs(AucPlacements.Person person) =>
            ((double)person.Generated * placements.RealCount) + ((double)person.Real * placements.GeneratedCount);
        var errors = placements.People.Values.Select(person => area > 0.5 ? Pairs(person) - Wins(person) : Wins(person)).ToArray();
        return Math.Pow(1 - worth, errors.Sum() * errors.Sum() / errors.Sum(error => error * error));
    }

    /// <summary>The jackknife's limits as they are, 0 &lt; area &lt; 1.</summary>
    internal static (double Low, double High) JackknifeLimits(AucPlacements placements, double area, int people)
    {
        var logits = placements.People.Keys.Select(placements.Without).OfType<(double Auc, double Pairs)>()
            .Select(left => Logit(Math.Clamp(left.Auc, 0.5 / left.Pairs, 1 - (0.5 / left.Pairs)))).ToArray();
        var half = Quantiles.StudentT(people - 1) * JackknifeError(logits);
        return (Expit(Logit(area) - half), Expit(Logit(area) + half));
    }

    /// <summary>The widest that an interval for an AUC of that many people need be: Clopper and Pearson's for <c>n · AUC</c> successes of n
    /// trials.</summary>
    /// <remarks>
    /// The area is an average over all ways of pairing each person's generated items with a person's real ones, and each way is a mean of n
    /// terms between 0 and 1 whose expectation is the true area, independent where a person's generated scores do not hang on their real
    /// ones. So it is no more spread, in convex order, than the mean of n such terms (Hoeffding 1963, section 5), and that no more than the
    /// mean of n coins of that chance; Bentkus (2004) carries this over to the tails, up to a constant. An exact interval for the coins is
    /// wide enough then: conservative, and exact where everybody errs wholly or not at all. The simulation holds it to its promise in both
    /// cases.
    /// </remarks>
    /// <param name="area">The observed area, 0 … 1.</param>
    /// <param name="people">People of the smaller class, at least 1.</param>
    public static (double Low, double High) PeopleLimits(double area, int people) => BinomialInterval.ClopperPearson(area * people, people);

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
        var identities = a.People.Keys.Union(b.People.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var people = Math.Min(a.SmallerClassPeople, b.SmallerClassPeople);
        if (a.Area - b.Area is not { } difference) return new PairedComparison(Estimate.Undefined(
            "a class is empty in one of the two", people), null);

        var shares = identities.Select(identity => Share(a, identity) - Share(b, identity)).ToArray();
        var p = SignFlip.Test([.. shares], seed);
        if (people < 2) return new PairedComparison(new Estimate(difference, null, null, people, "an interval needs at least two people"),
            p);
        var left = identities.Select(identity => a.Without(identity)?.Auc - b.Without(identity)?.Auc).OfType<double>().ToArray();
        var error = JackknifeError(left);
        var still = error < 1e-12;
        var half = still ? 1 - Quantiles.AllSucceededLowerLimit(people) : Quantiles.StudentT(people - 1) * error;
        var warning = still ? "no person changes the difference: limits from the exact binomial over people" : null;
        return new PairedComparison(new Estimate(difference, Math.Max(-1, difference - half), Math.Min(1, difference + half), people,
            warning), p);
    }

    private static double Share(AucPlacements placements, string identity) =>
        placements.People.TryGetValue(identity, out var person)
            ? person.GeneratedWins / ((double)placements.RealCount * placements.GeneratedCount) : 0;

    private static double JackknifeError(double[] leftOut)
    {
        var mean = leftOut.Average();
        return Math.Sqrt((leftOut.Length - 1.0) / leftOut.Length * leftOut.Sum(value => (value - mean) * (value - mean)));
    }

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private static double Expit(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>A difference between two conditions seen on the same people.</summary>
/// <param name="Difference">First minus second, with its interval.</param>
/// <param name="P">Two-sided p of the exact sign-flip test over people (before Holm), or null.</param>
public sealed record PairedComparison(Estimate Difference, double? P);
