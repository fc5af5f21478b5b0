namespace ForensicHeads.Statistics;

/// <summary>How well probabilities of "generated" match what happened.</summary>
public static class Calibration
{
    /// <summary>Equal-mass bins of the expected calibration error.</summary>
    public const int Bins = 15;

    /// <summary>Mean squared difference of probability and outcome (Brier 1950), or null without items.</summary>
    public static double? Brier(IReadOnlyCollection<(double Probability, bool Generated)> items) =>
        items.Count == 0 ? null : items.Average(item => Math.Pow(item.Probability - (item.Generated ? 1 : 0), 2));

    /// <summary>Σ over 15 equal-mass bins of share · |mean probability − observed rate|, or null without items.</summary>
    public static double? ExpectedError(IReadOnlyCollection<(double Probability, bool Generated)> items) =>
        items.Count == 0 ? null : Reliability(items).Sum(bin => bin.Count * Math.Abs(bin.MeanProbability - bin.ObservedRate)) / items.Count;

    /// <summary>The bins of the reliability diagram, ascending. Equal probabilities share a bin, so the order of items never matters; fewer
    /// bins then.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(IReadOnlyCollection<(double Probability, bool Generated)> items) =>
        Reliability(items, _ => 1);

    /// <summary>The same with each class in total weight ½, as probabilities stated at even odds want it; empty where a class is
    /// empty.</summary>
    public static IReadOnlyList<ReliabilityBin> BalancedReliability(IReadOnlyCollection<(double Probability, bool Generated)> items)
    {
        var generated = items.Count(item => item.Generated);
        var real = items.Count - generated;
        return generated == 0 || real == 0 ? [] : Reliability(items, isGenerated => 0.5 / (isGenerated ? generated : real));
    }

    private static List<ReliabilityBin> Reliability(IEnumerable<(double Probability, bool Generated)> items, Func<bool, double> weightOf)
    {
        var sorted = items.OrderBy(item => item.Probability)
            .Select(item => (item.Probability, item.Generated, Weight: weightOf(item.Generated))).ToArray();
        var total = sorted.Sum(item => item.Weight);
        var bins = new List<ReliabilityBin>();
        var (start, end, mass) = (0, 0, 0.0);
        for (var bin = 1; bin <= Bins && start < sorted.Length; bin++)
        {
            // An item goes into the bin that holds the larger part of it.
            while (end < sorted.Length && mass + (sorted[end].Weight / 2) <= total * bin / Bins) mass += sorted[end++].Weight;
            if (end == start) continue;
            while (end < sorted.Length && sorted[end].Probability == sorted[end - 1].Probability) mass += sorted[end++].Weight;
            var slice = sorted[start..end];
            var weight = slice.Sum(item => item.Weight);
            bins.Add(new ReliabilityBin(slice.Sum(item => item.Weight * item.Probability) / weight,
                slice.Sum(item => item.Generated ? item.Weight : 0) / weight, slice.Length));
            start = end;
        }

        return bins;
    }
}

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="MeanProbability">Mean stated probability of "generated", 0 … 1.</param>
/// <param name="ObservedRate">Share of the bin's items, by weight, that were generated, 0 … 1.</param>
/// <param name="Count">Items in the bin.</param>
public sealed record ReliabilityBin(double MeanProbability, double ObservedRate, int Count);
