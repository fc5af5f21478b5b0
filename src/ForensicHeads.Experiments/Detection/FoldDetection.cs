namespace ForensicHeads.Experiments.Detection;

/// <summary>
/// Teaches and applies the detectors of a fold: each on all shot counts, modes and arms, so that the curves of two arms differ by their
/// fakes alone.
/// </summary>
/// <param name="config">The experiment.</param>
/// <param name="fold">Who has which role.</param>
/// <param name="frames">True and made frames of everybody.</param>
internal sealed class FoldDetection(ExperimentConfig config, Fold fold, IReadOnlyList<ExperimentFrame> frames)
{
    /// <summary>True and made frames of everybody.</summary>
    public IReadOnlyList<ExperimentFrame> Frames => frames;

    /// <summary>The subject's frames and the true ones.</summary>
    public static bool IsSubjectOrReal(ExperimentFrame frame) => frame.IsReal || frame.Origin.Is(GeneratorPart.Subject);

    /// <summary>Frames of training people that a detector learns from.</summary>
    public IReadOnlyList<ExperimentFrame> Learnt(DetectorEntry entry) =>
        Of(SplitRole.Train, frame => entry.Learns(frame.Origin, config.AttackersInTraining));

    /// <summary>Frames of a role that a detector is judged by.</summary>
    public IReadOnlyList<ExperimentFrame> Judged(DetectorEntry entry, SplitRole role) => Of(role, frame => entry.Judges(frame.Origin));

    /// <summary>Teaches a detector and fixes its thresholds and calibrator.</summary>
    /// <param name="entry">The detector.</param>
    /// <param name="tables">Features of the fold's frames; several where training frames come in several forms.</param>
    /// <param name="seed">Seed of the training.</param>
    public FittedDetector Fit(DetectorEntry entry, IReadOnlyList<FeatureTable> tables, long seed)
    {
        var train = Learnt(entry);
        var model =
            entry.Teach([.. tables.SelectMany(table => train.Select(frame => Row(frame, table)))], config.Detector with { Seed = seed },
            tables[0].Columns);
        IReadOnlyList<FrameScore> Scores(SplitRole role, FeatureTable table) =>
            model.Score([.. Judged(entry, role).Select(frame => Row(frame, table))]);
        return new FittedDetector(entry, model, DetectorScale.Fit(entry.Name,
            [.. tables.Select(table => (Scores(SplitRole.Validation, table), Scores(SplitRole.Calibration, table)))]));
    }

    /// <summary>Scores the test people under a condition.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="features">Features of the fold's frames under it.</param>
    /// <param name="spares">Features of the second real sequences; null where there are none.</param>
    public FoldScores Apply(FittedDetector detector, string condition, FeatureTable features, FeatureTable? spares)
    {
        double[] Validation(Func<ExperimentFrame, bool> chosen) =>
            [.. detector.Model.Score(features.Rows(Of(SplitRole.Validation, chosen))).Select(score => (double)score)];
        var subject = Auc.Compute(Validation(frame => frame.IsReal), Validation(frame =>
            frame.Origin.Method == Method.Ft && frame.Origin.Arm == config.Adapt.Arm));
        return new FoldScores(fold.Name, condition, detector.Scale, Items(detector, condition, Of(SplitRole.Test), features), subject)
        {
            Spares = spares is null ? [] : Items(detector, condition, spares.Frames, spares),
        };
    }

    /// <summary>How much each family matters, on validation people.</summary>
    public IReadOnlyList<FamilyImportance> Importance(FittedDetector detector, FeatureTable features, long seed) =>
        FamilyImportance.Measure(detector.Model, [.. Judged(detector.Entry, SplitRole.Validation).Select(frame => Row(frame, features))],
            features.Columns, seed);

    /// <summary>Scored frames and their videos; scores are shifted so that the detector's thresholds lie at 0.</summary>
    public static IReadOnlyList<ScoredItem> Items(FittedDetector detector, string condition, IReadOnlyList<ExperimentFrame> chosen,
        FeatureTable features) =>
        Items(detector.Scale, condition, chosen, detector.Model.Score(features.Rows(chosen)));

    /// <summary>The same of scores that are there.</summary>
    public static IReadOnlyList<ScoredItem> Items(DetectorScale detector, string condition, IReadOnlyList<ExperimentFrame> chosen,
        float[] scores, ClipAverage average = ClipAverage.Mean)
    {
        var items = chosen.Select((frame, i) => FrameItem(frame, condition, detector.Name, scores[i] - detector.FrameThreshold)).ToList();
        items.AddRange(chosen.Zip(scores).GroupBy(entry => entry.First.Sequence).Select(sequence =>
        {
            var (frame, score) = (sequence.First().First, average.Of(sequence.Select(entry => (double?)entry.Second))!.Value);
            return FrameItem(frame, condition, detector.Name, score - detector.VideoThreshold) with
            {
                Key = frame.SequenceKey,
                Level = Level.Video,
                Position = 0,
                Llr = detector.Calibrator?.Llr(score),
                Probability = detector.Calibrator?.ProbabilityAtEvenOdds(score),
                Frames = sequence.Count(),
            };
        }));
        return items;
    }

    /// <summary>
    /// Scores of test frames by detectors trained on one shot count only, by mode and arm: the train-shots × test-shots matrix. Each is
    /// relative to its detector's own validation threshold, so that folds can be pooled.
    /// </summary>
    public IEnumerable<CrossShotScores> CrossShot(string condition, FeatureTable features, long seed)
    {
        var test = Of(SplitRole.Test, IsSubjectOrReal);
        foreach (var (mode, arm) in config.BudgetArms.Select(arm => (Mode.Ft, (Arm?)arm)).Prepend((Mode.Ff, null)))
        {
            foreach (var shots in config.Shots)
            {
                bool Matches(ExperimentFrame frame) =>
                    frame.IsReal || (frame.Origin.Method == new Method(mode) && frame.Origin.Arm == arm && frame.Origin.Shots == shots);
                var (train, validation) = (Of(SplitRole.Train, Matches), Of(SplitRole.Validation, Matches));
                if (train.All(frame => frame.IsReal) || validation.All(frame => frame.IsReal)) continue;
                using var detector = FrameDetector.Train(
                    [.. train.Select(frame => Row(frame, features))], config.Detector with { Seed = seed }, features.Columns);
                var threshold = Threshold(validation, [.. detector.Score(features.Rows(validation)).Select(score => (double)score)]);
                var scores = detector.Score(features.Rows(test));
                yield return new CrossShotScores(
                    new Method(mode), arm, shots,
                        [.. test.Select((frame, i) => FrameItem(frame, condition, Detectors.Artefact, scores[i] - threshold))]);
            }
        }
    }

    /// <summary>The threshold of largest balanced accuracy over some frames.</summary>
    public static double Threshold(IReadOnlyList<ExperimentFrame> chosen, IReadOnlyList<double> scores) =>
        OperatingPoint.Choose(scores, [.. chosen.Select(frame => !frame.IsReal)]).Threshold;

    /// <summary>Pairs of a driver frame and each frame made from it, of one role.</summary>
    public IReadOnlyList<PairedFeatures> Pairs(SplitRole role, FeatureTable real, FeatureTable made, Func<ExperimentFrame, bool> chosen)
    {
        var truth = Of(role, frame => frame.IsReal).ToDictionary(frame => (frame.Record.Identity, frame.Driver));
        return [.. Of(role, frame => !frame.IsReal && chosen(frame)).Select(frame =>
        {
            var record = frame.Record;
            var driver = truth[(record.Identity, frame.Driver)];
            return new PairedFeatures
            {
                Identity = record.Identity,
                Driver = driver.Record.Key,
                Key = record.Key,
                Video = record.Video,
                MadeVideo = $"{record.Video}/{record.Origin.Generator}",
                Origin = record.Origin,
                Real = real[driver],
                Made = made[frame],
            };
        })];
    }

    /// <summary>Frames of a role, in their order.</summary>
    public IReadOnlyList<ExperimentFrame> Of(SplitRole role, Func<ExperimentFrame, bool>? chosen = null)
    {
        var people = fold.People(role).ToHashSet(StringComparer.Ordinal);
        return [.. frames.Where(frame => people.Contains(frame.Record.Identity) && chosen?.Invoke(frame) != false)];
    }

    /// <summary>The row of a frame for a trainer.</summary>
    private static LabelledFeatures Row(ExperimentFrame frame, FeatureTable features) =>
        // Each stand-in has a share of the weight of its own, and so has each generator with modes of its own.
        LabelledFeatures.Of(frame.Record, features[frame])
            with
        { Share = frame.Origin is { Mode: null, Shots: null } or { Mode: not null, IsHead: false } ? frame.Origin.Generator : null };

    private static ScoredItem FrameItem(ExperimentFrame frame, string condition, string detector, double score) => new()
    {
        Identity = frame.Record.Identity,
        Video = frame.Record.Video,
        Key = frame.Record.Key,
        Origin = frame.Origin,
        Condition = condition,
        Level = Level.Frame,
        Score = score,
        Detector = detector,
        Position = frame.Position,
    };
}
