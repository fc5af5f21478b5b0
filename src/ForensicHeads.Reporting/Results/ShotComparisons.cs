using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Reporting.Results;

/// <summary>Paired differences between shot counts, between modes and between the two outer anchors.</summary>
public static class ShotComparisons
{
    /// <summary>
    /// For each condition and level: t0 − t_all of each arm, which stands alone, every pair of shot counts within a mode and arm, every pair of modes
    /// at a shot count (of one arm, where both have one), and every pair of arms at a mode and shot count. Each pair is taken over the people who
    /// have both. Holm over the pairs of <c>ff</c> and <c>ft</c>, and by itself over those with another attacker. With several arms, names
    /// carry the arm: <c>ft 8 (epochs)</c>.
    /// </summary>
    /// <param name="items">Test people only.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static IReadOnlyList<ComparisonRow> Compute(IReadOnlyList<ScoredItem> items, long seed = 0)
    {
        var several = items.Select(item => item.Arm).Where(arm => arm.Length > 0).Distinct(StringComparer.Ordinal).Count() > 1;
        return [.. items.Select(item => (item.Condition, item.Level)).Distinct().OrderBy(key => key.Condition, StringComparer.Ordinal)
            .ThenBy(key => key.Level, StringComparer.Ordinal).SelectMany(key => OneCondition(items, several, key.Condition, key.Level, seed))];
    }

    private static IEnumerable<ComparisonRow> OneCondition(IReadOnlyList<ScoredItem> items, bool several, string condition, string level, long seed)
    {
        var real = ShotCurve.Real(items, condition, level);
        var cells = items.Where(item => item is { Generated: true, Mode: not null, Shots: not null } && item.Condition == condition && item.Level == level)
            .GroupBy(item => (Mode: item.Mode!, item.Arm, Shots: item.Shots!.Value))
            .OrderBy(group => group.Key.Mode, StringComparer.Ordinal).ThenBy(group => group.Key.Arm, StringComparer.Ordinal).ThenBy(group => group.Key.Shots).ToArray();
        var (curve, baselines) = (new List<ComparisonRow>(), new List<ComparisonRow>());
        for (var i = 0; i < cells.Length; i++)
        {
            for (var j = i + 1; j < cells.Length; j++)
            {
                var (a, b) = (cells[i].Key, cells[j].Key);
                if (!Comparable(a, b)) continue;
                (a.Mode is "ff" or "ft" && b.Mode is "ff" or "ft" ? curve : baselines).Add(Row(Name($"{a.Mode} {a.Shots}", a.Arm), Name($"{b.Mode} {b.Shots}", b.Arm), real, [.. cells[i]], [.. cells[j]], condition, level, seed));
            }
        }

        ScoredItem[] Anchor(string name) => [.. items.Where(item => item.Anchor == name && item.Condition == condition && item.Level == level)];
        var nobody = Anchor("t0");
        foreach (var everything in Anchor("t_all").GroupBy(item => item.Arm).OrderBy(arm => arm.Key, StringComparer.Ordinal))
        {
            if (nobody.Length > 0) yield return Row("t0", Name("t_all", everything.Key), real, nobody, [.. everything], condition, level, seed);
        }

        foreach (var row in Adjusted(curve).Concat(Adjusted(baselines))) yield return row;

        string Name(string what, string arm) => several && arm.Length > 0 ? $"{what} ({arm})" : what;
    }

    // One thing must differ and no other: the shot count, the arm, or the mode (which may have no arm).
    private static bool Comparable((string Mode, string Arm, int Shots) a, (string Mode, string Arm, int Shots) b) => a.Mode == b.Mode
        ? a.Shots == b.Shots || a.Arm == b.Arm
        : a.Shots == b.Shots && (a.Arm == b.Arm || a.Arm.Length == 0 || b.Arm.Length == 0);

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
