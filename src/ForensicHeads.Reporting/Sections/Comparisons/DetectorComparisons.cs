namespace ForensicHeads.Reporting.Sections.Comparisons;

/// <summary>Paired differences of AUC between the artefact detector and the others on the same people, drivers and frames.</summary>
public static class DetectorComparisons
{
    /// <summary>One row for each other detector, mode, arm and shot count at one condition and level; Holm over all of them.</summary>
    /// <param name="items">Scores of every detector for the same test items.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="level">The headline's.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    /// <param name="everything">Whether all generated items together are compared, too, and first.</param>
    public static IReadOnlyList<ComparisonRow> Compute(IReadOnlyList<ScoredItem> items, string condition, Level level, long seed,
        bool everything = false)
    {
        var rows = DetectorPair.All(items, condition, level, everything).Select(pair =>
        {
            var (difference, p) =
                ClusteredAuc.Difference(pair.Own.Select(item => item.Clustered), pair.Other.Select(item => item.Clustered), seed);
            return new ComparisonRow
            {
                First = pair.First,
                Second = pair.Second,
                Condition = condition,
                Level = level,
                Difference = difference.Value,
                CiLow = difference.Low,
                CiHigh = difference.High,
                P = p,
                NIdentities = difference.Identities,
            };
        }).ToArray();
        return [.. rows.Zip(Holm.Adjust([.. rows.Select(row => row.P)]), (row, p) => row with { PHolm = p })];
    }
}

/// <summary>The artefact detector and another one on the same items: all real ones and the heads of one mode, arm and shot count.</summary>
/// <param name="First">Name of the artefact detector's side: <c>artefact ft 8</c>.</param>
/// <param name="Second">Name of the other's.</param>
/// <param name="Own">The artefact detector's items.</param>
/// <param name="Other">The other's.</param>
internal sealed record DetectorPair(string First, string Second, IReadOnlyList<ScoredItem> Own, IReadOnlyList<ScoredItem> Other)
{
    /// <summary>Every other detector, mode, arm and shot count at one condition and level.</summary>
    public static IEnumerable<DetectorPair> All(IReadOnlyList<ScoredItem> items, string condition, Level level, bool everything)
    {
        var own = items.Where(item => item.Condition == condition && item.Level == level).ToArray();
        var several = own.Select(item => item.Arm).Where(arm => arm is not null).Distinct().Count() > 1;
        var detectors = own.GroupBy(item => item.Detector, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        if (detectors.Count == 0) return [];
        // Of saved detectors the first one that was named.
        var first = detectors.ContainsKey(Detectors.Artefact) ? Detectors.Artefact : own[0].Detector;
        var artefact = detectors[first];
        string[] others = [.. detectors.Keys.Where(name => name != first).Order(StringComparer.Ordinal)];
        var whole = everything ? others.Select(name => new DetectorPair(first, name, artefact, detectors[name])) : [];
        return whole.Concat(others.SelectMany(name =>
            artefact.Where(item => item is { Origin.IsHead: true, Shots: not null })
                .GroupBy(item => (Mode: item.Mode!.Value, item.Arm, Shots: item.Shots!.Value))
                .OrderBy(cell => cell.Key.Mode).ThenBy(cell => cell.Key.Arm).ThenBy(cell => cell.Key.Shots).Select(cell =>
                {
                    ScoredItem[] Of(ScoredItem[] scored) =>
                        [.. scored.Where(item =>
                            !item.Generated || (item.Mode == cell.Key.Mode && item.Arm == cell.Key.Arm && item.Shots == cell.Key.Shots))];
                    var what = FormattableString.Invariant(
                        $"{cell.Key.Mode} {cell.Key.Shots}{(several && cell.Key.Arm is not null ? $" ({cell.Key.Arm.Text()})" : "")}");
                    return new DetectorPair($"{first} {what}", $"{name} {what}", Of(artefact), Of(detectors[name]));
                })));
    }
}
