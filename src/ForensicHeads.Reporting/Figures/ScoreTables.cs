using ForensicHeads.Datasets;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Figures;

/// <summary>The tables that need the scores themselves. They lie beside the figures as CSV, so <c>report DIR</c> needs no scores.</summary>
public static class ScoreTables
{
    private const int HistogramBins = 40;
    private const double RocStep = 0.005;

    /// <summary>
    /// Histograms, ROC and DET curves, reliability, Tippett and cross-entropy plots of one condition, level and arm, with what no arm changes; the last three of videos where those have probabilities.
    /// Where every likelihood ratio in that condition is 1, those three are of the first condition in which they are not: three plots of one point show nothing.
    /// </summary>
    public static IReadOnlyList<FigureTable> Build(IReadOnlyList<ScoredItem> items, string condition, Level level, Arm? arm)
    {
        var real = ShotCurve.Real(items, condition, level);
        var groups = FewShot(items, condition, level, arm).GroupBy(item => (Mode: item.Mode!.Value, Shots: item.Shots!.Value))
            .OrderBy(group => group.Key.Mode).ThenBy(group => group.Key.Shots).Select(group => (group.Key.Mode, group.Key.Shots, Items: group.ToArray())).ToArray();
        if (real.Length == 0 || groups.Length == 0) return [];
        var people = real.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        var calibrated = Calibrated(items, condition);
        return [.. groups.GroupBy(group => group.Mode).Select(mode => Histogram(mode.Key, real, [.. mode.Select(group => (group.Shots, group.Items))], condition, people)),
            .. Curves(real, [.. groups.Where(group => group.Mode.IsHead)], condition, people), .. new[] { Level.Video, level }.Select(at => Reliability(items, calibrated, at, arm)).OfType<FigureTable>().Take(1),
            .. new[] { Level.Video, level }.Select(at => Tippett(items, calibrated, at, arm)).FirstOrDefault(tables => tables.Count > 0) ?? [],
            .. new[] { Level.Video, level }.Select(at => CrossEntropy(items, calibrated, at, arm)).FirstOrDefault(tables => tables.Count > 0) ?? []];
    }

    private static string Calibrated(IReadOnlyList<ScoredItem> items, string condition)
    {
        var telling = items.Where(item => item.Llr is not (null or 0));
        return telling.Any(item => item.Condition == condition) ? condition : telling.FirstOrDefault()?.Condition ?? condition;
    }

    private static IEnumerable<ScoredItem> FewShot(IReadOnlyList<ScoredItem> items, string condition, Level level, Arm? arm) =>
        items.Where(item => item is { Generated: true, Mode: not null, Shots: not null } && item.Condition == condition && item.Level == level && (item.Arm == arm || item.Arm is null));

    private static FigureTable Histogram(Method mode, ScoredItem[] real, (int Shots, ScoredItem[] Items)[] groups, string condition, int people)
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

        return FigureTable.Of($"score-histogram.{ResultTables.Slug(condition)}-{ResultTables.Slug(mode.ToString())}", ["series", "bin_low", "bin_high", "share", "n_items", "condition", "n_identities"],
            [.. Rows(Label.Real.Text(), real), .. groups.SelectMany(group => Rows($"{mode} {group.Shots}", group.Items))]);
    }

    private static IEnumerable<FigureTable> Curves(ScoredItem[] real, (Method Mode, int Shots, ScoredItem[] Items)[] groups, string condition, int people)
    {
        if (groups.Length == 0) yield break;
        var curves = groups.Select(group => (group.Mode, group.Shots, Points: Thin(RocCurve.Build([.. real.Select(item => item.Score)], [.. group.Items.Select(item => item.Score)])!.Points).ToArray())).ToArray();
        FigureTable Table(string kind, string column, Func<double, double> rate) => FigureTable.Of($"{kind}.{ResultTables.Slug(condition)}", ["mode", "shots", "false_positive_rate", column, "condition", "n_identities"],
            curves.SelectMany(curve => curve.Points.Select(point => new object?[] { curve.Mode, curve.Shots, point.FalsePositiveRate, rate(point.TruePositiveRate), condition, people })));
        yield return Table("roc", "true_positive_rate", rate => rate);
        yield return Table("det", "false_negative_rate", rate => 1 - rate);
    }

    /// <summary>One plot a mode of ff and ft; none where an item has no likelihood ratio.</summary>
    private static IReadOnlyList<FigureTable> Tippett(IReadOnlyList<ScoredItem> items, string condition, Level level, Arm? arm)
    {
        var real = ShotCurve.Real(items, condition, level);
        var fakes = FewShot(items, condition, level, arm).Where(item => item.Origin.Mode is not null).ToArray();
        if (real.Length == 0 || real.Concat(fakes).Any(item => item.Llr is null)) return [];
        var people = real.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        IEnumerable<object?[]> Rows(string series, IEnumerable<ScoredItem> own) =>
            TippettCurve.Build([.. own.Select(item => item.Llr!.Value)]).Select(point => new object?[] { series, point.Llr, point.ShareAbove, condition, level, people });
        return [.. fakes.GroupBy(item => item.Mode!.Value).OrderBy(mode => mode.Key).Select(mode => FigureTable.Of(
            $"tippett.{ResultTables.Slug(condition)}-{ResultTables.Slug(mode.Key.ToString())}", ["series", "llr", "share_above", "condition", "level", "n_identities"],
            [.. Rows(Label.Real.Text(), real), .. mode.GroupBy(item => item.Shots!.Value).OrderBy(shots => shots.Key).SelectMany(shots => Rows(FormattableString.Invariant($"{mode.Key} {shots.Key}"), shots))]))];
    }

    /// <summary>One plot a mode of ff and ft, all shot counts together, as in the reliability diagram; none where an item has no likelihood ratio.</summary>
    private static IReadOnlyList<FigureTable> CrossEntropy(IReadOnlyList<ScoredItem> items, string condition, Level level, Arm? arm)
    {
        var real = ShotCurve.Real(items, condition, level);
        var fakes = FewShot(items, condition, level, arm).Where(item => item.Origin.Mode is not null).ToArray();
        if (real.Length == 0 || real.Concat(fakes).Any(item => item.Llr is null)) return [];
        var people = real.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        return [.. fakes.GroupBy(item => item.Mode!.Value).OrderBy(mode => mode.Key).Select(mode =>
        {
            var curve = CrossEntropyCurve.Build([.. real.Select(item => item.Llr!.Value)], [.. mode.Select(item => item.Llr!.Value)]);
            IEnumerable<object?[]> Rows(string series, Func<CrossEntropyPoint, double> bits) => curve.Select(point => new object?[] { series, point.PriorLogOdds, bits(point), mode.Key, condition, level, people });
            return FigureTable.Of($"cross-entropy.{ResultTables.Slug(condition)}-{ResultTables.Slug(mode.Key.ToString())}", ["series", "prior_log10_odds", "cross_entropy", "mode", "condition", "level", "n_identities"],
                [.. Rows(CrossEntropyFigure.Stated, point => point.Stated), .. Rows(CrossEntropyFigure.Recalibrated, point => point.Recalibrated), .. Rows(CrossEntropyFigure.Uninformed, point => point.Uninformed)]);
        })];
    }

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
    private static FigureTable? Reliability(IReadOnlyList<ScoredItem> items, string condition, Level level, Arm? arm)
    {
        // All shot counts of a mode meet the same real items, so there are more fakes than real items; the probabilities are stated at even odds.
        var real = ShotCurve.Real(items, condition, level);
        var modes = FewShot(items, condition, level, arm).GroupBy(item => item.Mode!.Value).OrderBy(mode => mode.Key)
            .Select(mode => (mode.Key, Items: real.Concat(mode).ToArray())).Where(mode => mode.Items.All(item => item.Probability is not null)).ToArray();
        if (real.Length == 0 || modes.Length == 0) return null;
        var people = real.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        return FigureTable.Of($"reliability.{ResultTables.Slug(condition)}", ["series", "mean_probability", "observed_rate", "n_items", "condition", "level", "n_identities"],
            modes.SelectMany(mode => Calibration.BalancedReliability([.. mode.Items.Select(item => (item.Probability!.Value, item.Generated))])
                .Select(bin => new object?[] { mode.Key, bin.MeanProbability, bin.ObservedRate, bin.Count, condition, level, people })));
    }
}
