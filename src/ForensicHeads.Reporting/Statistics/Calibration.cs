namespace ForensicHeads.Reporting.Statistics;

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

    /// <summary>The bins of the reliability diagram, ascending. Equal probabilities share a bin, so the order of items never matters; fewer bins then.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(IReadOnlyCollection<(double Probability, bool Generated)> items)
    {
        var sorted = items.OrderBy(item => item.Probability).ToArray();
        var bins = new List<ReliabilityBin>();
        var start = 0;
        for (var bin = 1; bin <= Bins && start < sorted.Length; bin++)
        {
            var end = (int)Math.Round((double)bin * sorted.Length / Bins, MidpointRounding.AwayFromZero);
            if (end <= start) continue;
            while (end < sorted.Length && sorted[end].Probability == sorted[end - 1].Probability) end++;
            var slice = sorted[start..end];
            bins.Add(new ReliabilityBin(slice.Average(item => item.Probability), slice.Average(item => item.Generated ? 1.0 : 0.0), slice.Length));
            start = end;
        }

        return bins;
    }
}
