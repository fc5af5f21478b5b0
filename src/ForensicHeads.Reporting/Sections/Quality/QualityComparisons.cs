namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>
/// Paired differences of quality over people: in every arm ft against the nearest shot, the warped one and ff at each T, and each of ff and
/// ft between the shot counts. Holm over all rows of a quantity. The landmark errors have a ratio, too, and that against the true landmarks
/// counts failures at the worst; KID and the Fréchet distance have an interval only (jackknife), since no person has one.
/// </summary>
internal static class QualityComparisons
{
    internal static IReadOnlyList<ComparisonRow> Of(IReadOnlyDictionary<QualityKind, MeasuredKind> kinds, long seed)
    {
        var arms = kinds.Keys.Select(kind => kind.Arm).Where(arm => arm is not null).Distinct().Count();
        string Name(QualityKind kind) =>
            FormattableString.Invariant($"{kind.Mode} {kind.Shots}") + (arms > 1 && kind.Arm is not null ? $" ({kind.Arm.Text()})" : "");
        var rows = Pairs([.. kinds.Keys]).SelectMany(pair => QualityPair.Compare(kinds[pair.First], kinds[pair.Second], seed)
            .Select(found => Row(Name(pair.First), Name(pair.Second), found)));
        return [.. rows.GroupBy(row => row.Quantity).SelectMany(family =>
            family.Zip(Holm.Adjust([.. family.Select(row => row.P)]), (row, p) => row with { PHolm = p }))];
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

    private static ComparisonRow Row(string first, string second, QualityDifference found) => new()
    {
        First = first,
        Second = second,
        Condition = "clean",
        Level = Level.Frame,
        Quantity = found.Quantity,
        Difference = found.Difference.Value,
        CiLow = found.Difference.Low,
        CiHigh = found.Difference.High,
        P = found.P,
        Ratio = found.Ratio?.Value,
        RatioCiLow = found.Ratio?.Low,
        RatioCiHigh = found.Ratio?.High,
        NIdentities = found.Difference.Identities,
    };
}
