using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Reporting.Results;

/// <summary>Paired differences between shot counts, between modes and between the two outer anchors.</summary>
public static class ShotComparisons
{
    /// <summary>
    /// For each condition and level: t0 − t_all, which stands alone, every pair of shot counts within a mode, and every pair of modes at a
    /// shot count. Each pair is taken over the people who have both. Holm over the pairs of <c>ff</c> and <c>ft</c>, and by itself over those with a baseline.
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
        var (curve, baselines) = (new List<ComparisonRow>(), new List<ComparisonRow>());
        for (var i = 0; i < cells.Length; i++)
        {
            for (var j = i + 1; j < cells.Length; j++)
            {
                var (a, b) = (cells[i].Key, cells[j].Key);
                if (a.Mode != b.Mode && a.Shots != b.Shots) continue;
                (a.Mode is "ff" or "ft" && b.Mode is "ff" or "ft" ? curve : baselines).Add(Row($"{a.Mode} {a.Shots}", $"{b.Mode} {b.Shots}", real, [.. cells[i]], [.. cells[j]], condition, level, seed));
            }
        }

        ScoredItem[] Anchor(string name) => [.. items.Where(item => item.Anchor == name && item.Condition == condition && item.Level == level)];
        var (nobody, everything) = (Anchor("t0"), Anchor("t_all"));
        if (nobody.Length > 0 && everything.Length > 0)
            yield return Row("t0", "t_all", real, nobody, everything, condition, level, seed);
        foreach (var row in Adjusted(curve).Concat(Adjusted(baselines))) yield return row;
    }

    private static IEnumerable<ComparisonRow> Adjusted(IReadOnlyList<ComparisonRow> family) =>
        family.Zip(Holm.Adjust([.. family.Select(row => row.P)]), (row, p) => row with { PHolm = p });

    private static ComparisonRow Row(string first, string second, ScoredItem[] real, ScoredItem[] a, ScoredItem[] b, string condition, string level, long seed)
    {
        // Who lacks one of the two would move one area alone: the difference would then be one of people too.
        var people = a.Select(item => item.Identity).Intersect(b.Select(item => item.Identity), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        IEnumerable<ClusteredScore> Paired(ScoredItem[] generated) => real.Concat(generated).Where(item => people.Contains(item.Identity)).Select(item => item.Clustered);
        var (difference, p) = ClusteredAuc.Difference(Paired(a), Paired(b), seed);
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
            NIdentities = people.Count,
        };
    }
}
