namespace ForensicHeads.Reporting.Sections.Comparisons;

/// <summary>Paired differences of AUC between shot counts, between modes, and of each anchor with its own mode.</summary>
public static class ShotComparisons
{
    /// <summary>
    /// For each condition and level: t0 − ff and ft − t_all at the most shots, which stand alone, every pair of shot counts within a mode
    /// and arm, every pair of modes at a shot count (of one arm, where both have one), and every pair of arms at a mode and shot count.
    /// Each pair is taken over the people who have both. Holm over the pairs of <c>ff</c> and <c>ft</c>, and by itself over those with
    /// another attacker. With several arms, names carry the arm: <c>ft 8 (epochs)</c>.
    /// </summary>
    /// <param name="items">Test people only.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    public static IReadOnlyList<ComparisonRow> Compute(IReadOnlyList<ScoredItem> items, long seed = 0) =>
        ShotPair.Adjusted([.. ShotPair.All(items).Select(pair => (pair, Row(pair, seed)))], row => row.P, (row, p) =>
            row with { PHolm = p });

    private static ComparisonRow Row(ShotPair pair, long seed)
    {
        IEnumerable<ClusteredScore> With(IReadOnlyList<ScoredItem> generated) => pair.Real.Concat(generated).Select(item => item.Clustered);
        var (difference, p) = ClusteredAuc.Difference(With(pair.FirstItems), With(pair.SecondItems), seed);
        return new ComparisonRow
        {
            First = pair.First,
            Second = pair.Second,
            Condition = pair.Condition,
            Level = pair.Level,
            Difference = difference.Value,
            CiLow = difference.Low,
            CiHigh = difference.High,
            P = p,
            NIdentities = pair.Identities,
        };
    }
}
