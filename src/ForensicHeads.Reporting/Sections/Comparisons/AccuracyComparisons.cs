namespace ForensicHeads.Reporting.Sections.Comparisons;

/// <summary>Paired differences of accuracy, decision against decision: between shot counts and modes, and between
/// detectors.</summary>
public static class AccuracyComparisons
{
    /// <summary>What the rows call their quantity.</summary>
    public const string Quantity = "accuracy";

    /// <summary>
    /// The pairs of <see cref="ShotComparisons"/>. A head made from T shots is paired with the head of another T or mode that was driven by
    /// the same frame, drawn by the same draw and made by the same generator (another attacker's frame with those of each); what has no
    /// such partner is left out. The real items are the same on both sides. Sign-flip and McNemar's p are adjusted by Holm each over the
    /// families of <see cref="ShotComparisons"/>.
    /// </summary>
    /// <param name="items">Test people only, scored by one detector.</param>
    /// <param name="threshold">Logit above which an item is called generated.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    /// <returns>No row where nothing can be paired.</returns>
    public static IReadOnlyList<ComparisonRow> BetweenHeads(IReadOnlyList<ScoredItem> items, double threshold, long seed = 0)
    {
        var rows = ShotPair.All(items).Select(pair =>
        {
            var made = Partners(OfEach(pair.FirstItems, pair.SecondItems), OfEach(pair.SecondItems, pair.FirstItems), item =>
                (item.Identity, item.Video, item.Origin.Draw, item.Origin.Weights, item.Position));
            PairedDecision[] decisions = [.. pair.Real.Zip(pair.Real).Concat(made).Select(two => Decide(two, threshold))];
            return (Pair: pair, Made: made.Count, Row: Row(decisions, seed, pair.First, pair.Second, pair.Condition, pair.Level));
        }).Where(row => row.Made > 0).Select(row => (row.Pair, row.Row)).ToArray();
        var flipped = ShotPair.Adjusted(rows, row => row.P, (row, p) => row with { PHolm = p });
        return ShotPair.Adjusted([.. rows.Zip(flipped, (row, adjusted) => (row.Pair, adjusted))], row => row.PMcnemar, (row, p) =>
            row with { PMcnemarHolm = p });
    }

    /// <summary>The pairs of <see cref="DetectorComparisons"/>: the artefact detector's decision on every item against another's on the
    /// same item.</summary>
    /// <param name="items">Scores of every detector for the same test items.</param>
    /// <param name="threshold">Logit above which an item is called generated, the same for all (scores are relative to it).</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="level">The headline's.</param>
    /// <param name="seed">Seed of the sign-flip Monte Carlo above 20 people.</param>
    /// <param name="everything">Whether all generated items together are compared, too, and first.</param>
    public static IReadOnlyList<ComparisonRow> BetweenDetectors(IReadOnlyList<ScoredItem> items, double threshold, string condition,
        Level level, long seed = 0, bool everything = false)
    {
        ComparisonRow[] rows = [.. DetectorPair.All(items, condition, level, everything).Select(pair =>
            Row([.. Partners(pair.Own, pair.Other, item => item.Key).Select(two => Decide(two, threshold))], seed, pair.First,
                pair.Second, condition, level)).Where(row => row.NPairs > 0)];
        var (flipped, mcnemar) = (Holm.Adjust([.. rows.Select(row => row.P)]), Holm.Adjust([.. rows.Select(row => row.PMcnemar)]));
        return [.. rows.Select((row, i) => row with { PHolm = flipped[i], PMcnemarHolm = mcnemar[i] })];
    }

    private static PairedDecision Decide((ScoredItem First, ScoredItem Second) two, double threshold) =>
        new(two.First.Identity, two.First.Generated, two.First.Score > threshold == two.First.Generated,
            two.Second.Score > threshold == two.Second.Generated);

    // What no generator plays a part in (a copy, a warp) meets the heads of each generator.
    private static IReadOnlyList<ScoredItem> OfEach(IReadOnlyList<ScoredItem> items, IReadOnlyList<ScoredItem> partners)
    {
        var generators = partners.Select(item => item.Origin.Weights).Distinct(StringComparer.Ordinal).ToArray();
        return [.. items.SelectMany(item => item.Origin.Weights.Length > 0 ? [item]
            : generators.Select(name => item with { Origin = item.Origin with { Weights = name } }))];
    }

    // A place that occurs twice on a side names no partner.
    private static List<(ScoredItem First, ScoredItem Second)> Partners<TPlace>(IReadOnlyList<ScoredItem> first,
        IReadOnlyList<ScoredItem> second, Func<ScoredItem, TPlace> place)
        where TPlace : notnull
    {
        var others = second.GroupBy(place).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single());
        return [.. first.GroupBy(place).Where(group => group.Count() == 1 && others.ContainsKey(group.Key))
            .Select(group => (group.Single(), others[group.Key]))];
    }

    private static ComparisonRow Row(PairedDecision[] decisions, long seed, string first, string second, string condition, Level level)
    {
        var paired = PairedAccuracy.Compare(decisions, seed);
        return new ComparisonRow
        {
            First = first,
            Second = second,
            Condition = condition,
            Level = level,
            Quantity = Quantity,
            Difference = paired.Difference.Value,
            CiLow = paired.Difference.Low,
            CiHigh = paired.Difference.High,
            P = paired.P,
            NPairs = paired.Pairs,
            FirstOnly = paired.FirstOnly,
            SecondOnly = paired.SecondOnly,
            Mcnemar = paired.McNemar?.ChiSquare,
            PMcnemar = paired.McNemar?.P,
            NIdentities = decisions.Select(pair => pair.Identity).Distinct(StringComparer.Ordinal).Count(),
        };
    }
}
