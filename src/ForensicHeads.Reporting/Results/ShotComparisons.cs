using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Reporting.Results;

/// <summary>Paired differences between shot counts, between modes and between the two outer anchors.</summary>
public static class ShotComparisons
{
    /// <summary>
    /// For each condition and level: t0 − t_all, every pair of shot counts within a mode, and every pair of modes at a shot count; Holm over
    /// all but the first.
    /// </summary>
    /// <param name="items">Test people only.</param>
    /// <param name="arm">The arm whose curve is compared.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static IReadOnlyList<ComparisonRow> Compute(IReadOnlyList<ScoredItem> items, string arm, long seed = 0) =>
        [.. items.Select(item => (item.Condition, item.Level)).Distinct().OrderBy(key => key.Condition, StringComparer.Ordinal)
            .ThenBy(key => key.Level, StringComparer.Ordinal).SelectMany(key => OneCondition(items, arm, key.Condition, key.Level, seed))];

    private static IEnumerable<ComparisonRow> OneCondition(IReadOnlyList<ScoredItem> items, string arm, string condition, string level, long seed)
    {
        var real = ShotCurve.Real(items, condition, level);
        var cells = items.Where(item => item is { Generated: true, Mode: not null, Shots: not null } && item.Condition == condition && item.Level == level && item.Arm == arm)
            .GroupBy(item => (Mode: item.Mode!, Shots: item.Shots!.Value)).OrderBy(group => group.Key.Mode, StringComparer.Ordinal).ThenBy(group => group.Key.Shots).ToArray();
        var family = new List<ComparisonRow>();
        for (var i = 0; i < cells.Length; i++)
        {
            for (var j = i + 1; j < cells.Length; j++)
            {
                var (a, b) = (cells[i].Key, cells[j].Key);
                if (a.Mode != b.Mode && a.Shots != b.Shots) continue;
                family.Add(Row($"{a.Mode} {a.Shots}", $"{b.Mode} {b.Shots}", [.. real, .. cells[i]], [.. real, .. cells[j]], condition, level, seed));
            }
        }

        ScoredItem[] Anchor(string name) => [.. items.Where(item => item.Anchor == name && item.Condition == condition && item.Level == level)];
        var (nobody, everything) = (Anchor("t0"), Anchor("t_all"));
        if (nobody.Length > 0 && everything.Length > 0)
            yield return Row("t0", "t_all", [.. real, .. nobody], [.. real, .. everything], condition, level, seed);
        var adjusted = Holm.Adjust([.. family.Select(row => row.P)]);
        for (var i = 0; i < family.Count; i++) yield return family[i] with { PHolm = adjusted[i] };
    }

    private static ComparisonRow Row(string first, string second, ScoredItem[] a, ScoredItem[] b, string condition, string level, long seed)
    {
        var (difference, p) = ClusteredAuc.Difference(a.Select(item => item.Clustered), b.Select(item => item.Clustered), seed);
        return new ComparisonRow
        {
            First = first,
            Second = second,
            Condition = condition,
            Level = level,
            Difference = difference.Value,
            CiLow = difference.Low,
            CiHigh = difference.High,
            P = p,
            NIdentities = difference.Identities,
        };
    }
}
