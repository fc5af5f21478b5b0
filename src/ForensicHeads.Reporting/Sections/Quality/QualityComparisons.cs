namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>
/// Paired differences of quality over people: in every arm ft against the nearest shot, the warped one and ff at each T, and each of ff and
/// ft between the shot counts. Holm over all rows of a quantity. The landmark errors have a ratio, too, and that against the true landmarks
/// counts failures at the worst; KID has an interval only (jackknife), since no person has a KID.
/// </summary>
internal static class QualityComparisons
{
    private static readonly (string Name, Func<PersonQuality, double?> Value)[] Quantities =
        [("ssim", person => person.Ssim), ("nme", person => person.NmeWorst), ("nme_redetected", person => person.NmeRedetected),
            ("identity_similarity", person => person.IdentitySimilarity)];

    internal static IReadOnlyList<ComparisonRow> Of(IReadOnlyDictionary<QualityKind, IReadOnlyList<PersonQuality>> people,
        QualityDistances distances, long seed)
    {
        var pairs = Pairs([.. people.Keys]).ToArray();
        var arms = people.Keys.Select(kind => kind.Arm).Where(arm => arm is not null).Distinct().Count();
        string Name(QualityKind kind) =>
            FormattableString.Invariant($"{kind.Mode} {kind.Shots}") + (arms > 1 && kind.Arm is not null ? $" ({kind.Arm.Text()})" : "");
        var rows = new List<ComparisonRow>();
        foreach (var (quantity, value) in Quantities)
        {
            var family = pairs.Select(pair =>
                Row(quantity, Name(pair.First), Name(pair.Second), Both(people[pair.First], people[pair.Second], value), seed))
                .OfType<ComparisonRow>().ToArray();
            rows.AddRange(family.Zip(Holm.Adjust([.. family.Select(row => row.P)]), (row, p) => row with { PHolm = p }));
        }

        foreach (var (first, second) in pairs)
        {
            if (distances.Kernel(first) is not { } a || distances.Kernel(second) is not { } b) continue;
            var difference = a.Minus(b);
            rows.Add(new ComparisonRow
            {
                First = Name(first),
                Second = Name(second),
                Condition = "clean",
                Level = Level.Frame,
                Quantity = "kid",
                Difference = difference.Value,
                CiLow = difference.Low,
                CiHigh = difference.High,
                NIdentities = difference.Identities
            });
        }

        return rows;
    }

    private static IEnumerable<(QualityKind First, QualityKind Second)> Pairs(QualityKind[] kinds)
    {
        var ft = QualityKind.Order(kinds.Where(kind => kind.Mode == Method.Ft && kind.Shots is not null), kind => kind).ToArray();
        Method[] rivals = [.. QualityKind.Order(kinds.Where(kind => kind.IsPoint && !kind.Mode.IsHead), kind => kind)
            .Select(kind => kind.Mode).Distinct(), Method.Ff];
        foreach (var kind in ft)
        {
            foreach (var rival in rivals)
            {
                // What fine-tuning's budget does not touch may stand in one arm or in none.
                var other =
                    kinds.Where(other => other.Mode == rival && other.Shots == kind.Shots && (other.Arm is null || other.Arm == kind.Arm))
                    .OrderByDescending(other => other.Arm).FirstOrDefault();
                if (other is not null) yield return (kind, other);
            }
        }

        foreach (var curve in QualityKind.Order(kinds.Where(kind => kind.Mode.IsHead && kind.Shots is not null), kind => kind)
            .GroupBy(kind => (kind.Mode, kind.Arm)))
        {
            var ordered = curve.OrderByDescending(kind => kind.Shots).ToArray();
            for (var i = 0; i < ordered.Length; i++)
                for (var j = i + 1; j < ordered.Length; j++) yield return (ordered[i], ordered[j]);
        }
    }

    private static (double First, double Second)[] Both(IReadOnlyList<PersonQuality> first, IReadOnlyList<PersonQuality> second,
        Func<PersonQuality, double?> value)
    {
        var others = second.ToDictionary(person => person.Identity, value, StringComparer.Ordinal);
        return [.. first.Where(person => value(person) is not null && others.GetValueOrDefault(person.Identity) is not null)
            .Select(person => (value(person)!.Value, others[person.Identity]!.Value))];
    }

    private static ComparisonRow? Row(string quantity, string first, string second, (double First, double Second)[] people, long seed)
    {
        if (people.Length == 0) return null;
        var (difference, p) = PairedMean.Compare([.. people.Select(person => person.First - person.Second)], seed);
        var ratio = quantity is "nme" or "nme_redetected" ? PairedRatio.Of(people) : null;
        return new ComparisonRow
        {
            First = first,
            Second = second,
            Condition = "clean",
            Level = Level.Frame,
            Quantity = quantity,
            Difference = difference.Value,
            CiLow = difference.Low,
            CiHigh = difference.High,
            P = p,
            Ratio = ratio?.Value,
            RatioCiLow = ratio?.Low,
            RatioCiHigh = ratio?.High,
            NIdentities = people.Length,
        };
    }
}
