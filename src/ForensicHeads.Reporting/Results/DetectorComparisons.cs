using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Reporting.Results;

/// <summary>Paired differences between the aware detector and the others on the same people, drivers and frames.</summary>
public static class DetectorComparisons
{
    /// <summary>One row for each other detector, mode, arm and shot count at one condition and level; Holm over all of them.</summary>
    /// <param name="items">Scores of every detector for the same test items.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="level">The headline's.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static IReadOnlyList<ComparisonRow> Compute(IReadOnlyList<ScoredItem> items, string condition, string level, long seed)
    {
        var own = items.Where(item => item.Condition == condition && item.Level == level).ToArray();
        var several = own.Select(item => item.Arm).Where(arm => arm.Length > 0).Distinct(StringComparer.Ordinal).Count() > 1;
        var detectors = own.GroupBy(item => item.Detector, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        if (!detectors.TryGetValue(DetectorNames.Aware, out var aware)) return [];
        var rows = detectors.Keys.Where(name => name != DetectorNames.Aware).Order(StringComparer.Ordinal).SelectMany(name =>
            aware.Where(item => item is { Mode: "ff" or "ft", Shots: not null }).GroupBy(item => (Mode: item.Mode!, item.Arm, Shots: item.Shots!.Value))
                .OrderBy(cell => cell.Key.Mode, StringComparer.Ordinal).ThenBy(cell => cell.Key.Arm, StringComparer.Ordinal).ThenBy(cell => cell.Key.Shots).Select(cell =>
                {
                    IEnumerable<ClusteredScore> Scores(ScoredItem[] scored) =>
                        scored.Where(item => !item.Generated || (item.Mode == cell.Key.Mode && item.Arm == cell.Key.Arm && item.Shots == cell.Key.Shots)).Select(item => item.Clustered);
                    var what = FormattableString.Invariant($"{cell.Key.Mode} {cell.Key.Shots}{(several && cell.Key.Arm.Length > 0 ? $" ({cell.Key.Arm})" : "")}");
                    var difference = ClusteredAuc.Difference(Scores(aware), Scores(detectors[name]), seed);
                    return new ComparisonRow
                    {
                        First = $"{DetectorNames.Aware} {what}",
                        Second = $"{name} {what}",
                        Condition = condition,
                        Level = level,
                        Difference = difference.Difference.Value,
                        CiLow = difference.Difference.Low,
                        CiHigh = difference.Difference.High,
                        P = difference.P,
                        NIdentities = difference.Difference.Identities,
                    };
                })).ToArray();
        return [.. rows.Zip(Holm.Adjust([.. rows.Select(row => row.P)]), (row, p) => row with { PHolm = p })];
    }
}
