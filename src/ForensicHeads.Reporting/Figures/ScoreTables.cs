using ForensicHeads.Reporting.Results;
using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The tables that need the scores themselves. They lie beside the figures as CSV, so <c>report DIR</c> needs no scores.</summary>
public static class ScoreTables
{
    private const int HistogramBins = 40;
    private const double RocStep = 0.005;

    /// <summary>Histogram, ROC and reliability of one condition, level and arm, with what no arm changes; reliability of videos where those have probabilities.</summary>
    public static IReadOnlyList<FigureTable> Build(IReadOnlyList<ScoredItem> items, string condition, string level, string arm)
    {
        var real = ShotCurve.Real(items, condition, level);
        var groups = FewShot(items, condition, level, arm).GroupBy(item => (Mode: item.Mode!, Shots: item.Shots!.Value))
            .OrderBy(group => group.Key.Mode, StringComparer.Ordinal).ThenBy(group => group.Key.Shots).Select(group => (group.Key.Mode, group.Key.Shots, Items: group.ToArray())).ToArray();
        if (real.Length == 0 || groups.Length == 0) return [];
        var people = real.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        return [.. groups.GroupBy(group => group.Mode).Select(mode => Histogram(mode.Key, real, [.. mode.Select(group => (group.Shots, group.Items))], condition, people)),
            Roc(real, groups, condition, people), .. new[] { "video", level }.Select(at => Reliability(items, condition, at, arm)).OfType<FigureTable>().Take(1)];
    }

    private static IEnumerable<ScoredItem> FewShot(IReadOnlyList<ScoredItem> items, string condition, string level, string arm) =>
        items.Where(item => item is { Generated: true, Mode: not null, Shots: not null } && item.Condition == condition && item.Level == level && (item.Arm == arm || item.Arm.Length == 0));

    private static FigureTable Histogram(string mode, ScoredItem[] real, (int Shots, ScoredItem[] Items)[] groups, string condition, int people)
    {
        var all = real.Concat(groups.SelectMany(group => group.Items)).Select(item => item.Score).ToArray();
        var (low, high) = (all.Min(), all.Max());
        var width = high > low ? (high - low) / HistogramBins : 1;
        IEnumerable<object?[]> Rows(string series, ScoredItem[] items)
        {
            var counts = new int[HistogramBins];
            foreach (var item in items) counts[Math.Min(HistogramBins - 1, (int)((item.Score - low) / width))]++;
            return counts.Select((count, bin) => new object?[] { series, low + (bin * width), low + ((bin + 1) * width), (double)count / items.Length, count, condition, people });
        }

        return FigureTable.Of($"score-histogram.{ResultTables.Slug(condition)}-{ResultTables.Slug(mode)}", ["series", "bin_low", "bin_high", "share", "n_items", "condition", "n_identities"],
            [.. Rows("real", real), .. groups.SelectMany(group => Rows($"{mode} {group.Shots}", group.Items))]);
    }

    private static FigureTable Roc(ScoredItem[] real, (string Mode, int Shots, ScoredItem[] Items)[] groups, string condition, int people) =>
        FigureTable.Of($"roc.{ResultTables.Slug(condition)}", ["mode", "shots", "false_positive_rate", "true_positive_rate", "condition", "n_identities"],
            groups.SelectMany(group => Thin(RocCurve.Build([.. real.Select(item => item.Score)], [.. group.Items.Select(item => item.Score)])!.Points)
                .Select(point => new object?[] { group.Mode, group.Shots, point.FalsePositiveRate, point.TruePositiveRate, condition, people })));

    /// <summary>Leaves out points nearer than half a percent to the last kept one: thousands of frames would swell the figure and show nothing more.</summary>
    private static IEnumerable<RocPoint> Thin(IReadOnlyList<RocPoint> points)
    {
        var last = points[0];
        yield return last;
        for (var i = 1; i < points.Count; i++)
        {
            var moved = points[i].FalsePositiveRate - last.FalsePositiveRate + points[i].TruePositiveRate - last.TruePositiveRate;
            if (moved < RocStep && i < points.Count - 1) continue;
            last = points[i];
            yield return last;
        }
    }

    /// <summary>One curve a mode; null where no mode has all its probabilities.</summary>
    private static FigureTable? Reliability(IReadOnlyList<ScoredItem> items, string condition, string level, string arm)
    {
        // All shot counts of a mode meet the same real items, so there are more fakes than real items; the probabilities are stated at even odds.
        var real = ShotCurve.Real(items, condition, level);
        var modes = FewShot(items, condition, level, arm).GroupBy(item => item.Mode!).OrderBy(mode => mode.Key, StringComparer.Ordinal)
            .Select(mode => (mode.Key, Items: real.Concat(mode).ToArray())).Where(mode => mode.Items.All(item => item.Probability is not null)).ToArray();
        if (real.Length == 0 || modes.Length == 0) return null;
        var people = real.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        return FigureTable.Of($"reliability.{ResultTables.Slug(condition)}", ["series", "mean_probability", "observed_rate", "n_items", "condition", "level", "n_identities"],
            modes.SelectMany(mode => Calibration.BalancedReliability([.. mode.Items.Select(item => (item.Probability!.Value, item.Generated))])
                .Select(bin => new object?[] { mode.Key, bin.MeanProbability, bin.ObservedRate, bin.Count, condition, level, people })));
    }
}
