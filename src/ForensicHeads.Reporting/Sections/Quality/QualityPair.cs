namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>Two kinds of frames of the same people, quantity by quantity: the paired difference over the people who have both. The two
/// distances belong to no single person; they are paired by leaving the same person out of both.</summary>
internal static class QualityPair
{
    private static readonly (string Quantity, bool HigherIsBetter, Func<PersonQuality, double?> Value)[] OfPeople =
    [
        ("ssim", true, person => person.Ssim),
        ("psnr", true, person => person.Psnr),
        ("nme", false, person => person.NmeWorst),
        ("nme_redetected", false, person => person.NmeRedetected),
        ("identity_similarity", true, person => person.IdentitySimilarity),
    ];

    private static readonly (string Quantity, Func<KindDistances, PersonJackknife> Value)[] OfSets =
        [("kid", kind => kind.Kid), ("fid", kind => kind.Fid)];

    /// <summary>First minus second in every quantity that both have.</summary>
    /// <param name="first">One kind.</param>
    /// <param name="second">The other; its distances, where both have some, are over the same people.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    internal static IEnumerable<QualityDifference> Compare(MeasuredKind first, MeasuredKind second, long seed)
    {
        foreach (var (quantity, higher, value) in OfPeople)
        {
            var people = Both(first.People, second.People, value);
            if (people.Length == 0) continue;
            var (difference, p) = PairedMean.Compare([.. people.Select(person => person.First - person.Second)], seed);
            yield return new QualityDifference(quantity, higher, difference, p,
                quantity is "nme" or "nme_redetected" ? PairedRatio.Of(people) : null);
        }

        if (first.Distances is not { } one || second.Distances is not { } other) yield break;
        foreach (var (quantity, value) in OfSets)
            yield return new QualityDifference(quantity, false, value(one).Minus(value(other)).Interval(), null, null);
    }

    private static (double First, double Second)[] Both(IReadOnlyList<PersonQuality> first, IReadOnlyList<PersonQuality> second,
        Func<PersonQuality, double?> value)
    {
        var others = second.ToDictionary(person => person.Identity, value, StringComparer.Ordinal);
        return [.. first.Where(person => value(person) is not null && others.GetValueOrDefault(person.Identity) is not null)
            .Select(person => (value(person)!.Value, others[person.Identity]!.Value))];
    }
}

/// <summary>What was measured of one kind of frames.</summary>
/// <param name="People">The values of each person.</param>
/// <param name="Distances">How far its frames are from the true ones; null where not measured.</param>
internal sealed record MeasuredKind(IReadOnlyList<PersonQuality> People, KindDistances? Distances);

/// <summary>The paired difference of one quantity.</summary>
/// <param name="Quantity">As in results.json: <c>ssim</c>, <c>kid</c> …</param>
/// <param name="HigherIsBetter">Whether more of it is better.</param>
/// <param name="Difference">First minus second, with its interval over people.</param>
/// <param name="P">Exact sign-flip test over people, two-sided; null for the distances.</param>
/// <param name="Ratio">First over second, where that says more; else null.</param>
internal sealed record QualityDifference(string Quantity, bool HigherIsBetter, Estimate Difference, double? P, Estimate? Ratio);
