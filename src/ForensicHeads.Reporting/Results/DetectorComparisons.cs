using ForensicHeads.Datasets;
using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Results;

/// <summary>Paired differences of AUC between the aware detector and the others on the same people, drivers and frames.</summary>
public static class DetectorComparisons
{
    /// <summary>One row for each other detector, mode, arm and shot count at one condition and level; Holm over all of them.</summary>
    /// <param name="items">Scores of every detector for the same test items.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="level">The headline's.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static IReadOnlyList<ComparisonRow> Compute(IReadOnlyList<ScoredItem> items, string condition, Level level, long seed)
    {
        var rows = DetectorPair.All(items, condition, level).Select(pair =>
        {
            var (difference, p) = ClusteredAuc.Difference(pair.Aware.Select(item => item.Clustered), pair.Other.Select(item => item.Clustered), seed);
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
