namespace ForensicHeads.Experiments.Results;

/// <summary>From measurements to results.json.</summary>
internal static class ResultBuilder
{
    public static ExperimentResults Build(ExperimentConfig config, Measurements measured)
    {
        // Everything but the rows of each detector, T* and the machine-USER is the artefact one's.
        var items = measured.Items.Where(item => item.Detector == Detectors.Artefact).ToArray();
        var detectors = measured.Items.Select(item => item.Detector).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Items: measured.Items.Where(item => item.Detector == name).ToArray())).ToArray();
        var condition = measured.Condition;
        var level = TwoVideosEach(items, FrameConditions.Clean) ? Level.Video : Level.Frame;
        var arm = config.Adapt.Arm;
        // Scores are stored relative to their thresholds, which were fixed on validation people: the threshold is 0.
        AccuracyRow[] rows = [.. detectors.SelectMany(detector => ShotCurve.Rows(detector.Items, 0, detector.Name))];
        var curve = rows.Where(row => row.Mode.IsHead).ToArray();
        AnchorRow[] anchors = [.. detectors.SelectMany(detector => ShotCurve.Anchors(detector.Items, 0, detector.Name))];
        var people = items.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        var generation = measured.Quality.Rows();
        int? NoFace(Func<GenerationRow, bool> which) =>
            generation.Any(row => row.Mode == QualityItem.Truth && row.NmeModel is not null)
            ? (int)generation.Where(which).Sum(row => row.NmeFailures ?? 0) : null;
        var results = new ExperimentResults
        {
            Headline = new Headline { Statement = "", Condition = condition, Level = level, Arm = arm },
            AccuracyPerShot = curve,
            Attackers = rows.Except(curve).ToArray(),
            Anchors = anchors,
            CrossShot = measured.CrossShot,
            Surface = SurfaceRow.Of(measured.Surface, level),
            Horizon = HorizonRow.Of(measured.Items, level),
            Controls = measured.Controls,
            Generation = generation,
            Split = measured.Split,
            Seeds = [.. Enumerable.Range(0, config.DetectorSeeds).Select(repetition => config.Detector.Seed + repetition)],
            Detector = $"{Detectors.Artefact}: {config.Detector.Model}, features "
                + string.Join(", ", config.Families.Select(family => FeatureFamilies.NameOf(family, measured.Resized)))
                + ", trained on all shot counts and both modes in equal shares"
                + (config.BudgetArms.Count > 1 ? ", ft of every arm alike" : "")
                + (config.AttackersInTraining is { Count: > 0 } also ? $", and, as a third mode, on {string.Join(", ", also)}" : "")
                + ", under the tested condition."
                + (config.Unaware
                    ? $" {Detectors.ArtefactUnaware}: the same features and trainer, on self-blended true frames and true frames "
                        + "through the auto-encoder, none of the few-shot generator, under the tested condition."
                    : "")
                + (config.Detector.Augment
                    ? $" {Detectors.ArtefactAugmented}: one for all conditions, as artefact, on clean training frames and on the same "
                        + "under random steps of the robustness ladder."
                    : ""),
            Threshold = 0,
            Conditions = config.Conditions,
            Counts = new Counts
            {
                NIdentities = people,
                NVideos = items.Where(item => !item.Generated).Select(item => (item.Identity, item.Video)).Distinct().Count(),
                NRealFrames = items.Count(item => item is { Generated: false, Level: Level.Frame, Condition: "clean" }),
                NGeneratedFrames = items.Count(item => item is { Origin.IsHead: true, Level: Level.Frame, Condition: "clean" }),
                RealFailures = NoFace(row => row.Mode == QualityItem.Truth),
                GeneratedFailures = NoFace(row => row.Mode.IsHead),
                NGenerators = config.Generator.Weights.Count,
                NDetectorSeeds = config.DetectorSeeds,
            },
            Contrasts = ContrastRow.Of(measured.Items, level, condition, arm, config.EquivalenceMargin, config.Seed),
            Comparisons =
                [.. ShotComparisons.Compute(items, config.Seed),
                .. DetectorComparisons.Compute(measured.Items, condition, level, config.Seed),
                .. AccuracyComparisons.BetweenHeads(items, 0, config.Seed),
                .. AccuracyComparisons.BetweenDetectors(measured.Items, 0, condition, level, config.Seed),
                .. measured.Quality.Comparisons(config.Seed)],
            MissedFrom = MissedFrom.Of(curve, condition, level),
            Waterfall = WaterfallStep.Of(
                [.. anchors.Where(row => row.Detector == Detectors.Artefact)], [.. curve.Where(row => row.Detector == Detectors.Artefact)],
                    condition, level, Method.Ft, arm),
            Importance = measured.Folds.Where(fold => fold.Condition == condition).SelectMany(fold => fold.Importance)
                .GroupBy(item => item.Family)
                .Select(group =>
                    new ImportanceRow(FeatureFamilies.NameOf(group.Key, measured.Resized),
                group.Average(item => item.AucDrop))
                    { Condition = condition }).OrderByDescending(row => row.Importance).ToArray(),
            Validation = measured.Folds.Select(Fixed).ToArray(),
            Families = FamilyRow.Of(measured.Families, level),
            Robustness = RobustnessRow.Of(measured.Ladder, level),
            MachineUser = MachineUserRow.Of(measured.Items, measured.Spares, config.Seed),
            WorstErrors = ErrorRow.Of(items, condition, arm),
            Compression = measured.Compression,
            StepCaps = measured.StepCaps,
            Spread = measured.Spread,
            EmbeddingSwap = measured.Swap,
            Terciles = TercileRow.Of(items, condition, measured.NearestShotDistances),
            Groups = GroupRow.Of(items, condition, measured.Attributes, config.Seed),
            Failures = measured.Failures,
            Warnings =
                [.. measured.Warnings, .. measured.Folds.Where(fold => fold.Condition == condition && IsMute(fold.Detector.Calibrator))
                .Select(fold =>
                $"The calibrator of {fold.Fold} ({fold.Detector.Name}) states a likelihood ratio of 1 for every video (its people "
                    + "are too few or contradict the detector): Cllr is 1 and ECE says nothing in that fold.")],
            Limitations = measured.Limitations,
        };
        return results with { Headline = HeadlineBuilder.Build(results, condition, level, Method.Ft, arm) };
    }

    private static ValidationRow Fixed(FoldScores fold) => new()
    {
        Fold = fold.Fold,
        Condition = fold.Condition,
        Detector = fold.Detector.Name,
        FrameThreshold = fold.Detector.FrameThreshold,
        VideoThreshold = fold.Detector.VideoThreshold,
        SubjectAuc = fold.SubjectAuc,
        CalibratorSlope = fold.Detector.Calibrator?.Slope,
        CalibratorIntercept = fold.Detector.Calibrator?.Offset,
        LlrLow = fold.Detector.Calibrator?.LowerBound,
        LlrHigh = fold.Detector.Calibrator?.UpperBound,
    };

    private static bool IsMute(VideoCalibrator? calibrator) => calibrator is { Slope: 0 } or { LowerBound: 0, UpperBound: 0 };

    /// <summary>Whether videos can be judged one by one: everybody has two real ones.</summary>
    public static bool TwoVideosEach(IReadOnlyList<ScoredItem> items, string condition) =>
        items.Where(item => item is { Level: Level.Video, Generated: false } && item.Condition == condition)
            .GroupBy(item => item.Identity, StringComparer.Ordinal).All(person => person.Count() >= 2);
}
