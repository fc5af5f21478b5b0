namespace ForensicHeads.Experiments.Detection;

/// <summary>What the controls of a fold say, once the headline's condition is known.</summary>
internal sealed record ControlScores
{
    /// <summary>True frames against themselves through the output path.</summary>
    public required IReadOnlyList<ClusteredScore> Passthrough { get; init; }

    /// <summary>The same with a grey level planted on one side.</summary>
    public required IReadOnlyList<ClusteredScore> PlantedOffset { get; init; }

    /// <summary>The frames' records alone.</summary>
    public required IReadOnlyList<ClusteredScore> Metadata { get; init; }

    /// <summary>The same with a field planted on one side.</summary>
    public required IReadOnlyList<ClusteredScore> PlantedField { get; init; }

    /// <summary>The frames without the face.</summary>
    public required IReadOnlyList<ClusteredScore> Background { get; init; }

    /// <summary>Means and deviations of the pixels.</summary>
    public required IReadOnlyList<ClusteredScore> Trivial { get; init; }

    /// <summary>Labels shuffled within pairs.</summary>
    public required LabelShuffle Shuffle { get; init; }

    /// <summary>The controls of all folds, with their intervals over all test people.</summary>
    /// <param name="folds">At least one.</param>
    /// <param name="condition">The headline's.</param>
    public static Controls Pool(IReadOnlyList<ControlScores> folds, string condition)
    {
        var shuffles = folds.Select(fold => fold.Shuffle).ToArray();
        return new Controls
        {
            Passthrough = Interval(fold => fold.Passthrough, ControlResult.Alike) with { Condition = FrameConditions.Clean },
            MetadataOnly = Interval(fold => fold.Metadata, ControlResult.Alike),
            LabelShuffle = Shuffled(shuffles) with { Condition = condition },
            PlantedOffset = Interval(fold => fold.PlantedOffset, ControlResult.Caught) with { Condition = FrameConditions.Clean },
            PlantedField = Interval(fold => fold.PlantedField, ControlResult.Caught),
            BackgroundOnly = Interval(fold => fold.Background, ControlResult.Reported) with { Condition = condition },
            TrivialPixels = Interval(fold => fold.Trivial, ControlResult.Reported) with { Condition = condition },
        };

        static ControlResult Shuffled(LabelShuffle[] runs)
        {
            return ControlResult.Shuffled((runs.Average(run => run.Mean), runs.Min(run => run.Low), runs.Max(run => run.High)),
                runs.Sum(run => run.Alike?.Drivers ?? 0), runs.Sum(run => run.Alike?.Known ?? 0), runs.All(run => run.Holds)) with
            {
                RealAuc = runs.Average(run => run.RealAuc),
                P = PeopleExchange.P(runs.SelectMany(run => run.RealScores)),
            };
        }

        ControlResult Interval(Func<ControlScores, IEnumerable<ClusteredScore>> which, Func<double?, double?, double?, ControlResult> judge)
        {
            ClusteredScore[] scores = [.. folds.SelectMany(which)];
            if (IsSame(scores)) return judge(0.5, 0.5, 0.5);
            var estimate = ClusteredAuc.Interval(scores);
            return judge(estimate.Value, estimate.Low, estimate.High);
        }
    }

    // Where everybody's items of either class score the same, nothing tells them apart, however few the people are.
    private static bool IsSame(ClusteredScore[] scores)
    {
        if (scores.Length > 0 && scores.All(item => item.Score == scores[0].Score)) return scores.Any(item => item.Generated);
        double[] Of(IEnumerable<ClusteredScore> own, bool generated) =>
            [.. own.Where(item => item.Generated == generated).Select(item => item.Score).Order()];
        return scores.Length > 0 && scores.GroupBy(item => item.Identity, StringComparer.Ordinal)
            .All(person => Of(person, false).SequenceEqual(Of(person, true)));
    }
}

/// <summary>One family of columns alone and what a detector of it says.</summary>
/// <param name="Family">Name.</param>
/// <param name="Columns">How many it has.</param>
/// <param name="Items">Of test people: true frames, the subject's and the anchors.</param>
internal sealed record FamilyScores(string Family, int Columns, IReadOnlyList<ScoredItem> Items);

/// <summary>What is run in a fold under the headline's condition and on clean frames.</summary>
/// <param name="Controls">The controls.</param>
/// <param name="CrossShot">Detectors of single shot counts.</param>
/// <param name="Families">Each family alone; empty where there is one only.</param>
internal sealed record FoldChecks(ControlScores Controls, IReadOnlyList<CrossShotScores> CrossShot, IReadOnlyList<FamilyScores> Families);

/// <summary>Runs the controls of a fold: what must not tell the classes apart, and what must.</summary>
/// <param name="config">The experiment.</param>
/// <param name="fold">The fold and its frames.</param>
/// <param name="columns">The columns.</param>
internal sealed class FoldControls(ExperimentConfig config, FoldFrames fold, ExperimentFeatures columns)
{
    private readonly FoldDetection detection = new(config, fold.Fold, fold.Frames);

    /// <summary>Where, and in which numbers, the detectors' networks learn.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Runs them, and trains on single shot counts and single families.</summary>
    /// <param name="headline">The headline's condition.</param>
    /// <param name="progress">Steps.</param>
    /// <param name="cancellation">Stops between them.</param>
    public FoldChecks Run(string headline, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var artefact = Detectors.All.ByName(Detectors.Artefact);
        var networks = columns.Trained is { } trained ? new FoldNetworks(config, trained, detection, columns.Size, fold.Cache)
        {
            Compute = Compute,
        } : null;
        var families = new List<FamilyScores>();
        ControlScores? controls = null;
        CrossShotScores[] crossed = [];
        foreach (var name in new[] { headline, RobustnessRow.Untouched }.Distinct(StringComparer.Ordinal))
        {
            var condition = FrameConditions.ByName(name, config.Seed);
            var slot = FeatureCache.SlotIn(fold.Cache, condition);
            var shared = columns.Measure(fold.Frames, condition, slot, config.Seed, decibels: false, progress, cancellation);
            using var network = networks?.Teach(artefact, [condition], config.Detector.Seed, progress, cancellation);
            var features = shared.With(network?.Tables[0]);
            if (name == headline)
            {
                controls = Control(shared, condition, progress, cancellation);
                crossed = [.. detection.CrossShot(name, features, config.Detector.Seed)];
            }

            families.AddRange(Families(artefact, features, name));
        }

        return new FoldChecks(controls!, crossed, families);
    }

    /// <summary>
    /// The controls alone. Those that judge the detector's number run under the condition of that number; passthrough needs untouched
    /// pixels, metadata know no condition.
    /// </summary>
    /// <param name="features">Shared columns: a network that learnt the true labels beforehand has no place in a shuffle of them.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="progress">Permutations.</param>
    /// <param name="cancellation">Stops between them.</param>
    public ControlScores Control(FeatureTable features, ISequenceCondition condition, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        var known = features.Known();
        IReadOnlyList<PairedFeatures> SubjectPairs(SplitRole role) =>
            detection.Pairs(role, known, known, frame => frame.Origin.Is(GeneratorPart.Subject));
        FrameRecord[] Records(SplitRole role) => [.. detection.Of(role, FoldDetection.IsSubjectOrReal).Select(frame => frame.Record)];
        static FrameRecord[] Planted(FrameRecord[] records) =>
            Array.ConvertAll(records, record => record.IsReal ? record : record with { CropX = record.CropX + 1000 });

        var shuffle = LabelShuffle.Run(
            SubjectPairs(SplitRole.Train), SubjectPairs(SplitRole.Test), config.Seed, config.Permutations, LookAlikes(cancellation),
            progress, cancellation);
        var (passed, offset) = Passed(cancellation);
        var (train, test) = (Records(SplitRole.Train), Records(SplitRole.Test));
        return new ControlScores
        {
            Shuffle = shuffle,
            Passthrough = passed,
            PlantedOffset = offset,
            Metadata = Clustered(MetadataFeatures.Scores(train, test, config.Detector)),
            PlantedField = Clustered(MetadataFeatures.Scores(Planted(train), Planted(test), config.Detector)),
            Background = Masked(
                new FeatureLayout(columns.Still, columns.Size), condition, (frame, picture) =>
                    FaceHull.BackgroundOnly(picture, frame.Record.Landmarks), cancellation),
            Trivial = Masked(new FeatureLayout([TrivialPixelsFamily.FamilyName], columns.Size), condition, null, cancellation),
        };
    }

    // The true frames of test people that look like one of training, by the rule of the leak audit, each with the nearest.
    private Dictionary<string, string> LookAlikes(CancellationToken cancellation)
    {
        (string Key, ulong Hash)[] Hashed(SplitRole role)
        {
            var frames = detection.Of(role, frame => frame.IsReal);
            var hashes = new ulong[frames.Count];
            ParallelLoop.Run(frames.Count, i => hashes[i] = PerceptualHash.Of(frames[i].Read()), cancellation);
            return [.. frames.Zip(hashes, (frame, hash) => (frame.Record.Key, hash))];
        }

        var known = Hashed(SplitRole.Train);
        return Hashed(SplitRole.Test).Select(frame =>
            (frame.Key, Like: known.MinBy(other => PerceptualHash.Distance(other.Hash, frame.Hash)), frame.Hash))
            .Where(one => PerceptualHash.Distance(one.Like.Hash, one.Hash) <= new LeakAuditOptions().MaximumHashDistance)
            .ToDictionary(one => one.Key, one => one.Like.Key, StringComparer.Ordinal);
    }

    private (ClusteredScore[] Passed, ClusteredScore[] Offset) Passed(CancellationToken cancellation)
    {
        var layout = PassthroughControl.Layout(columns.Still, columns.Size);
        ExperimentFrame[] chosen =
            [.. new[] { SplitRole.Train, SplitRole.Test }.SelectMany(role =>
                detection.Of(role, frame => frame.IsReal || frame.Origin.Is<Passthrough>()))];
        FeatureTable Measured(Func<RgbImage, RgbImage> change) => new(
            chosen, layout.ColumnNames,
                new FeatureValues(FeatureExtractor.Extract(chosen.Length, i => change(chosen[i].Read()), layout, null, cancellation)));
        var (normal, planted) = (Measured(image => image), Measured(Brighter));
        ClusteredScore[] Scores(FeatureTable made) =>
            Clustered(PassthroughControl.Scores(Pairs(SplitRole.Train, made), Pairs(SplitRole.Test, made)));
        IReadOnlyList<PairedFeatures> Pairs(SplitRole role, FeatureTable made) =>
            detection.Pairs(role, normal, made, frame => frame.Origin.Is<Passthrough>());
        return (Scores(normal), Scores(planted));
    }

    // The detector's model and seed on other pixels or other features; with few columns every tree sees them all. Scores are relative to
    // the validation threshold, so that folds can be pooled.
    private ClusteredScore[] Masked(
        FeatureLayout layout, ISequenceCondition condition, Func<ExperimentFrame, RgbImage, RgbImage>? mask, CancellationToken cancellation)
    {
        var (train, validation, test) = (Own(SplitRole.Train), Own(SplitRole.Validation), Own(SplitRole.Test));
        ExperimentFrame[] all = [.. train, .. validation, .. test];
        var table = new FeatureTable(all, layout.ColumnNames,
            ConditionedFrames.Measure(all, condition, layout, null, mask, decibels: false, null, cancellation));
        var options = config.Detector with { ColumnShare = 1 };
        using var detector =
            FrameDetector.Train([.. train.Select(frame => LabelledFeatures.Of(frame.Record, table[frame]))], options, layout.ColumnNames);
        double[] Scores(IReadOnlyList<ExperimentFrame> of) => [.. detector.Score(table.Rows(of)).Select(score => (double)score)];
        var threshold = FoldDetection.Threshold(validation, Scores(validation));
        return [.. test.Zip(Scores(test), (frame, score) => new ClusteredScore(frame.Record.Identity, !frame.IsReal, score - threshold))];

        IReadOnlyList<ExperimentFrame> Own(SplitRole role) => detection.Of(role, FoldDetection.IsSubjectOrReal);
    }

    // How far each feature family alone goes: a detector of its columns alone, taught like the artefact one.
    private IEnumerable<FamilyScores> Families(DetectorEntry artefact, FeatureTable features, string condition)
    {
        var families = Enumerable.Range(0, features.Columns.Count).GroupBy(c => FeatureLayout.FamilyOf(features.Columns[c])).ToArray();
        if (families.Length < 2) yield break;
        foreach (var family in families)
        {
            var own = features.Only([.. family]);
            using var detector = detection.Fit(artefact, [own], config.Detector.Seed);
            yield return new FamilyScores(family.Key, own.Columns.Count,
                [.. detection.Apply(detector, condition, own, null).Items.Where(item => FamilyRow.IsShown(item))]);
        }
    }

    private static RgbImage Brighter(RgbImage image) =>
        new(image.Width, image.Height, Array.ConvertAll(image.Pixels, value => (byte)Math.Min(255, value + 1)));

    private static ClusteredScore[] Clustered(IEnumerable<FrameScore> scores) =>
        [.. scores.Select(score => new ClusteredScore(score.Identity, score.Generated, score.Score))];
}
