namespace ForensicHeads.Reporting.Sections.Accuracy;

/// <summary>From scored items to the rows of the curve and its anchors. Every shot count meets the same real items.</summary>
public static class ShotCurve
{
    /// <summary>One row for each condition, level, arm, mode and shot count that has generated items.</summary>
    /// <param name="items">Test people only, real and generated, scored by one detector.</param>
    /// <param name="threshold">Logit above which an item is called generated, at or below it real; fixed on validation people.</param>
    /// <param name="detector">The detector's name.</param>
    public static IReadOnlyList<AccuracyRow> Rows(IReadOnlyList<ScoredItem> items, double threshold, string detector) =>
        [.. items.Where(item => item is { Generated: true, Mode: not null, Shots: not null })
            .GroupBy(item => (item.Condition, item.Level, item.Arm, Mode: item.Mode!.Value, Shots: item.Shots!.Value))
            .OrderBy(group => group.Key.Condition, StringComparer.Ordinal).ThenBy(group => group.Key.Level)
            .ThenBy(group => group.Key.Arm).ThenBy(group => group.Key.Mode).ThenBy(group => group.Key.Shots)
            .Select(group =>
                Compute(items, threshold, detector, group.Key.Mode, group.Key.Shots, group.Key.Arm, group.Key.Condition, group.Key.Level))];

    /// <summary>One row: the generated items of a mode, shot count and arm against all real items of the condition and level.</summary>
    public static AccuracyRow Compute(
        IReadOnlyList<ScoredItem> items, double threshold, string detector, Method mode, int shots, Arm? arm, string condition, Level level)
    {
        return Measure(Real(items, condition, level), FewShot(items, condition, level, arm, mode, shots), threshold) with
        {
            Level = level,
            Mode = mode,
            Shots = shots,
            Arm = arm,
            Condition = condition,
            Detector = detector,
        };
    }

    /// <summary>The numbers of some generated items against some real ones; what they are is left empty.</summary>
    internal static AccuracyRow Measure(ScoredItem[] real, ScoredItem[] fakes, double threshold)
    {
        ScoredItem[] both = [.. real, .. fakes];
        var (auc, accuracy) = (ClusteredAuc.Interval(both.Select(item => item.Clustered)), Accuracy(both, threshold));
        var (tpr, tnr) = (Share(fakes, item => item.Score > threshold), Share(real, item => item.Score <= threshold));
        double[] realScores = [.. real.Select(item => item.Score)], fakeScores = [.. fakes.Select(item => item.Score)];
        var roc = RocCurve.Build(realScores, fakeScores);
        var llr = both.All(item => item.Llr is not null);
        double[] realLlr = llr ? [.. real.Select(item => item.Llr!.Value)] : [], fakeLlr = llr ? [.. fakes.Select(item => item.Llr!.Value)]
            : [];
        (double, bool)[] probabilities = real.Length > 0 && fakes.Length > 0 && both.All(item => item.Probability is not null)
            ? [.. both.Select(item => (item.Probability!.Value, item.Generated))]
            : [];
        return new AccuracyRow
        {
            Level = Level.Frame,
            Mode = default,
            Shots = 0,
            Arm = null,
            Condition = "",
            Detector = "",
            NIdentities = both.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(),
            NVideos = both.Select(item => (item.Identity, item.Video)).Distinct().Count(),
            NFrames = both.Sum(item => item.Frames),
            NReal = real.Length,
            NGenerated = fakes.Length,
            Accuracy = accuracy.Value,
            CiLow = accuracy.Low,
            CiHigh = accuracy.High,
            Tpr = tpr.Value,
            TprCiLow = tpr.Low,
            TprCiHigh = tpr.High,
            Tnr = tnr.Value,
            TnrCiLow = tnr.Low,
            TnrCiHigh = tnr.High,
            Auc = auc.Value,
            AucCiLow = auc.Low,
            AucCiHigh = auc.High,
            AucP = PeopleExchange.P(both.Select(item => item.Clustered)),
            AucSe = AucVariance.Obuchowski(both.Select(item => item.Clustered)) is { } variance ? Math.Sqrt(variance) : null,
            Eer = roc?.EqualErrorRate(),
            TprAtFpr1Pct = roc?.TruePositiveRateAt(0.01),
            TprAtFpr1PctResolvable = HeadlineScores.People(real) >= AccuracyRow.PeopleFor1Pct,
            Cllr = Finite(Cllr.Compute(realLlr, fakeLlr)),
            CllrMin = Finite(Cllr.Minimum(realScores, fakeScores)),
            Brier = Statistics.Calibration.Brier(probabilities),
            ExpectedCalibrationError = Statistics.Calibration.ExpectedError(probabilities),
            Warnings = Warnings(("AUC", auc), ("accuracy", accuracy), ("TPR", tpr), ("TNR", tnr)),
        };
    }

    /// <summary>One row for each anchor, arm, condition and level that has items.</summary>
    /// <param name="items">Test people only, real and generated, scored by one detector.</param>
    /// <param name="threshold">Logit above which an item is called generated.</param>
    /// <param name="detector">The detector's name.</param>
    public static IReadOnlyList<AnchorRow> Anchors(IReadOnlyList<ScoredItem> items, double threshold,
        string detector = Detectors.Artefact) =>
        [.. items.Where(item => item.Anchor is not null).GroupBy(item => (Name: item.Anchor!, item.Arm, item.Condition, item.Level))
            .OrderBy(group => group.Key.Condition, StringComparer.Ordinal).ThenBy(group => group.Key.Level)
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal).ThenBy(group => group.Key.Arm)
            .Select(group =>
                Anchor([.. Real(items, group.Key.Condition, group.Key.Level), .. group], threshold, group.Key.Name, group.Key.Condition,
            group.Key.Level) with { Arm = group.Key.Arm, Detector = detector })];

    internal static ScoredItem[] Real(IReadOnlyList<ScoredItem> items, string condition, Level level) =>
        [.. items.Where(item => !item.Generated && item.Condition == condition && item.Level == level)];

    internal static ScoredItem[] FewShot(IReadOnlyList<ScoredItem> items, string condition, Level level, Arm? arm, Method mode,
        int shots) =>
        [.. items.Where(item => item.Generated && item.Condition == condition && item.Level == level && item.Arm == arm && item.Mode == mode
            && item.Shots == shots)];

    private static AnchorRow Anchor(ScoredItem[] both, double threshold, string name, string condition, Level level)
    {
        var (auc, accuracy) = (ClusteredAuc.Interval(both.Select(item => item.Clustered)), Accuracy(both, threshold));
        return new AnchorRow
        {
            Name = name,
            Condition = condition,
            Level = level,
            Auc = auc.Value,
            CiLow = auc.Low,
            CiHigh = auc.High,
            Accuracy = accuracy.Value,
            AccuracyCiLow = accuracy.Low,
            AccuracyCiHigh = accuracy.High,
            NIdentities = both.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count(),
            Warnings = Warnings(("AUC", auc), ("accuracy", accuracy)),
        };
    }

    private static Estimate Accuracy(IEnumerable<ScoredItem> items, double threshold) =>
        ClusteredProportion.BalancedAccuracy(items.GroupBy(item => item.Identity, StringComparer.Ordinal).Select(person => (
            person.Count(item => !item.Generated && item.Score <= threshold), person.Count(item => !item.Generated),
            person.Count(item => item.Generated && item.Score > threshold), person.Count(item => item.Generated))));

    private static Estimate Share(IEnumerable<ScoredItem> items, Func<ScoredItem, bool> right) =>
        ClusteredProportion.Share(
            items.GroupBy(item => item.Identity, StringComparer.Ordinal).Select(person => (person.Count(right), person.Count())));

    private static string[] Warnings(params (string Name, Estimate Estimate)[] estimates) =>
        [.. estimates.Where(item => item.Estimate.Warning is not null).Select(item => $"{item.Name}: {item.Estimate.Warning}")];

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
