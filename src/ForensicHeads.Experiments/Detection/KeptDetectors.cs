namespace ForensicHeads.Experiments.Detection;

/// <summary>Writes the detectors of an experiment as folders of their own, for <c>detect score</c> and <c>detect test</c>.</summary>
/// <param name="folder">The report's folder.</param>
/// <param name="config">The experiment.</param>
/// <param name="source">The real frames.</param>
internal sealed class KeptDetectors(string folder, ExperimentConfig config, FrameStore source)
{
    /// <summary>Where they lie in a report's folder.</summary>
    public const string Folder = "detectors";

    /// <summary>Writes one.</summary>
    /// <param name="fold">Who had which role.</param>
    /// <param name="detector">The detector.</param>
    /// <param name="condition">The condition that it was taught under; null for one that serves all.</param>
    /// <param name="detection">Whose frames it learnt from.</param>
    /// <param name="rows">Their features.</param>
    /// <param name="network">Its network; null for none.</param>
    public void Save(Fold fold, FittedDetector detector, string? condition, FoldDetection detection, FeatureTable rows,
        FoldNetwork? network)
    {
        // One of another assembly is kept by that assembly, if at all.
        if (detector.Model is not FrameDetector model) return;
        var learnt = detection.Learnt(detector.Entry);
        FrameRecord[] train = [.. learnt.Select(frame => frame.Record)];
        string[] families = [.. rows.Columns.Select(FeatureLayout.FamilyOf).Distinct(StringComparer.Ordinal)];
        var name = condition is null ? detector.Entry.Name : $"{detector.Entry.Name}-{condition}";
        var manifest = new DetectorManifest
        {
            Options = config.Detector,
            Families = families,
            Size = learnt[0].Store.Info.Size,
            TrainingStores = new Dictionary<string, string> { [source.Info.Name] = source.ContentHash },
            Split = $"experiment {config.Name}, fold {fold.Name}",
            CropContract = source.Info.CropSpecification,
            CropSize = source.Info.Size,
            Augmented = detector.Entry.ServesAllConditions,
            ValidationPeople = fold.People(SplitRole.Validation).Count,
            CalibrationPeople = fold.People(SplitRole.Calibration).Count,
            Threshold = detector.Scale.FrameThreshold,
            VideoThreshold = detector.Scale.VideoThreshold,
            Learnt = LearntPeople.Of(new[] { SplitRole.Train, SplitRole.Validation, SplitRole.Calibration }
                .SelectMany(role => detection.Of(role)).Select(frame => frame.Record)),
        }.TrainedOn(train);
        SavedDetector.Save(Path.Combine(folder, Folder, PathPart.Of(fold.Name), PathPart.Of(name)), model,
            detector.Scale.Calibrator, manifest,
            FeatureReference.Of([.. learnt.Select(frame => LabelledFeatures.Of(frame.Record, rows[frame]))]),
            network is null ? [] : [network.Family]);
    }
}
