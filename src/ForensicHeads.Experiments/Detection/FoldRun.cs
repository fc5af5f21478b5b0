namespace ForensicHeads.Experiments.Detection;

/// <summary>Detects in one fold: every detector under every condition, the ladder, the repetitions with other seeds.</summary>
/// <param name="config">The experiment.</param>
/// <param name="fold">The fold and its frames.</param>
/// <param name="features">The columns.</param>
internal sealed class FoldRun(ExperimentConfig config, FoldFrames fold, ExperimentFeatures features)
{
    // Every training frame comes as it is, and so many times under a random step.
    private const int AugmentedCopies = 2;

    /// <summary>Runs the detectors that need references; null where there are none.</summary>
    public PersonRun? Person { get; init; }

    /// <summary>Runs the detectors of others; null where there are none.</summary>
    public ForeignRun? Foreign { get; init; }

    /// <summary>Writes the detectors; null to keep none.</summary>
    public KeptDetectors? Keep { get; init; }

    /// <summary>Where, and in which numbers, the detectors' networks learn.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    private readonly FoldDetection detection = new(config, fold.Fold, fold.Frames);

    /// <summary>The detectors that are taught under each condition.</summary>
    private IEnumerable<DetectorEntry> OfConditions =>
        config.Chosen.Where(entry => entry is { ServesAllConditions: false, NeedsReferences: false });

    /// <summary>Runs it.</summary>
    public FoldResult Run(IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var networks = features.Trained is { } trained ? new FoldNetworks(config, trained, detection, features.Size, fold.Cache)
        {
            Compute = Compute,
        } : null;
        var test = detection.Of(SplitRole.Test);
        var (scored, coded, taught) = (new List<FoldScores>(), new List<CodedFrame>(), new List<(string, FigureTable)>());
        var surface = new List<SurfaceScores>();
        Person?.Prepare(cancellation);
        var repeated = Enumerable.Range(0, config.DetectorSeeds).Select(_ => new List<ScoredItem>()).ToArray();
        LadderDetector[] lasting =
            [.. config.Chosen.Where(entry => entry.ServesAllConditions).Select(entry => Lasting(entry, networks, progress, cancellation))];
        try
        {
            for (var repetition = 0; repetition < config.DetectorSeeds; repetition++)
            {
                var seed = config.Detector.Seed + repetition;
                foreach (var name in config.Conditions)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var measured = Measure(fold.Frames, name, "", progress, cancellation);
                    var spares = fold.Spares.Count == 0 ? null : Measure(fold.Spares, name, "spare", progress, cancellation);
                    foreach (var entry in OfConditions)
                    {
                        if (entry.MeasuresIdentity)
                        {
                            if (repetition == 0 && Person is { } identity)
                                scored.Add(identity.Moments(entry, name, detection, seed, progress, cancellation));
                            continue;
                        }

                        using var network = networks?.Teach(entry, [Condition(name)], seed, progress, cancellation);
                        var rows = measured.With(network?.Tables[0]);
                        using var detector = detection.Fit(entry, [rows], seed);
                        var scores = detection.Apply(detector, name, rows, Spares(network, spares, name, cancellation));
                        repeated[repetition].AddRange(scores.Items);
                        if (repetition > 0) continue;
                        Keep?.Save(fold.Fold, detector, name, detection, rows, network);
                        if (network is { Curve.Count: > 0 }) taught.Add(
                            (name, TrainingReport.Table($"cnn-{entry.Name}-{fold.Fold.Name}", network.Curve)));
                        scored.Add(entry.Name == Detectors.Artefact
                            ? scores with { Importance = detection.Importance(detector, rows, seed) } : scores);
                    }

                    if (repetition > 0) continue;
                    if (Person?.Run([.. config.Chosen.Where(entry => entry.NeedsReferences)], name, progress, cancellation) is { } person)
                    {
                        scored.AddRange(person.Scores);
                        surface.AddRange(person.Surface);
                    }

                    if (Foreign is not null) scored.AddRange(Foreign.Run(name, progress, cancellation));
                    foreach (var one in lasting)
                    {
                        var rows = measured.With(one.Network?.Measure(fold.Frames, Condition(name), features.Size, cancellation));
                        var scores = detection.Apply(one.Detector, name, rows, Spares(one.Network, spares, name, cancellation));
                        repeated[repetition].AddRange(scores.Items);
                        scored.Add(scores);
                    }

                    if (measured.HasBits) coded.AddRange(test.Select(frame => new CodedFrame(name, frame, measured.BitsOf(frame))));
                }
            }

            foreach (var one in lasting) Keep?.Save(fold.Fold, one.Detector, null, detection, one.Clean, one.Network);
            var ladder = Ladder(networks, lasting, progress, cancellation);
            return new FoldResult
            {
                Scores = scored,
                Surface = surface,
                Notes = Person?.Notes ?? [],
                Failures = Foreign?.Failures ?? [],
                Repeated = config.DetectorSeeds > 1 ? repeated : [],
                Ladder = ladder.Scores,
                Coded = [.. coded, .. ladder.Coded],
                Taught = taught,
                TestFrames = test,
            };
        }
        finally
        {
            foreach (var one in lasting) one.Dispose();
        }
    }

    // The step that stands in the conditions, too, is measured twice: there on all frames, here on those of the curve alone.
    private (IReadOnlyList<RobustnessScores> Scores, IReadOnlyList<CodedFrame> Coded) Ladder(
        FoldNetworks? networks, IReadOnlyList<LadderDetector> lasting, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (config.LadderSteps.Count == 0) return ([], []);
        var clean = Measure(fold.Frames, RobustnessRow.Untouched, "", progress, cancellation);
        LadderDetector[] fitted = [.. OfConditions.Where(entry => !entry.MeasuresIdentity).Select(Fitted)];
        try
        {
            var subject = detection.Of(SplitRole.Test, FoldDetection.IsSubjectOrReal);
            return new RobustnessRun(config, features, fold.Cache).Run(
                subject, [.. fitted, .. lasting, .. Foreign?.Climbers ?? []], progress, cancellation);
        }
        finally
        {
            foreach (var detector in fitted) detector.Dispose();
        }

        LadderDetector Fitted(DetectorEntry entry)
        {
            var network = networks?.Teach(entry, [Condition(RobustnessRow.Untouched)], config.Detector.Seed, progress, cancellation);
            var rows = clean.With(network?.Tables[0]);
            return new LadderDetector(detection.Fit(entry, [rows], config.Detector.Seed), network, rows);
        }
    }

    // One for all conditions: taught on clean frames and on the same under random steps.
    private LadderDetector Lasting(DetectorEntry entry, FoldNetworks? networks, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        ISequenceCondition[] conditions =
            [Condition(RobustnessRow.Untouched),
                .. Enumerable.Range(0, AugmentedCopies).Select(copy => new AugmentCondition(config.Seed, copy))];
        var shared = conditions.Select(condition =>
            features.Measure(fold.Frames, condition, FeatureCache.SlotIn(fold.Cache, condition), config.Seed, decibels: false, progress,
                cancellation)).ToArray();
        var network = networks?.Teach(entry, conditions, config.Detector.Seed, progress, cancellation);
        var tables = shared.Select((rows, c) => rows.With(network?.Tables[c])).ToArray();
        return new LadderDetector(detection.Fit(entry, tables, config.Detector.Seed), network, tables[0]);
    }

    private FeatureTable? Spares(FoldNetwork? network, FeatureTable? spares, string condition, CancellationToken cancellation) =>
        spares?.With(network?.Measure(fold.Spares, Condition(condition), features.Size, cancellation));

    private ISequenceCondition Condition(string name) => FrameConditions.ByName(name, config.Seed);

    private FeatureTable Measure(
        IReadOnlyList<ExperimentFrame> of, string name, string which, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        features.Measure(of, Condition(name), FeatureCache.SlotIn(fold.Cache, Condition(name), which), config.Seed, decibels: false,
            progress, cancellation);
}
