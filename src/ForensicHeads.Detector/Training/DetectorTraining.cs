using System.Globalization;

namespace ForensicHeads.Detector.Training;

/// <summary>From stores to a saved detector: leak check, features, trainer, threshold, calibrator, importance.</summary>
/// <remarks>The same stores, split, options and seed give the same bytes, also after a run that was killed, whose measured frames are taken
/// up from beside the folder. Test people are looked at by the leak check alone, which fits nothing.</remarks>
public static class DetectorTraining
{
    /// <summary>Fewest calibration people of either class: with two, no likelihood ratio could ever pass
    /// <see cref="Verdict.Threshold"/>.</summary>
    public const int MinimumCalibrationPeople = 3;

    /// <summary>Trains and writes the folder.</summary>
    /// <param name="request">What on and how.</param>
    /// <param name="folder">The folder to write.</param>
    /// <param name="progress">Frames compared and measured.</param>
    /// <param name="cancellation">Stops between two frames; what was measured is kept for the next run with the same folder.</param>
    /// <exception cref="UserErrorException">Stores that do not fit, leaks, a missing class, or a folder that cannot be written.</exception>
    public static TrainingOutcome Run(TrainingRequest request, string folder, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        SavedDetector.EnsureMayBeWritten(folder);
        var size = request.Size ?? request.SmallestStore;
        var families = Families(request, size);
        var frames = TrainingFrames.Of(request).ToList();
        var notes = new List<string>();
        if (request.Rounds.Count > 0) frames = Named(request, frames, notes);
        // A store may hold the people of one role alone.
        CropKinds
            .Check(frames.Where(frame => frame.Role == SplitRole.Train).Select(frame => (frame.Store.Info, frame.Record.Origin.Label))
            .Distinct(), " of training people");
        // Fakes of one person made from another's motion may look alike by design; only real footage can leak that way.
        var audit = LeakAudit
            .Run(request.Stores, request.Split, new LeakAuditOptions { NearDuplicates = request.NearDuplicates, RealFramesOnly = true },
            progress, cancellation);
        audit.ThrowIfAny();
        notes.AddRange(audit.Leaks.Select(leak => leak.What));
        notes.AddRange(request.Stores.Select(store => LearntPeople.Doubt(LearntPeople.Noted(store), LearntPeople.MakerOf(store)))
            .OfType<string>());
        using var made = new TemporaryFolder();
        frames.AddRange(TrainingFrames.Copies([.. frames], request.Copies, made.Path, progress, cancellation));
        notes.AddRange(TrainingFrames.Remarks(request.Copies, frames));

        var spool = new FeatureSpool(folder);
        using var table = TrainingFeatures.Measure(request, families, size, frames, spool, notes, progress, cancellation);
        var (layout, features) = (table.Layout, table.Rows);
        LabelledFeatures[] Rows(SplitRole role) =>
            [.. Enumerable.Range(0, frames.Count).Where(i => frames[i].Role == role)
            .Select(i => LabelledFeatures.Of(frames[i].Record, features[i]))];
        var (train, validation, calibration) = (Rows(SplitRole.Train), Rows(SplitRole.Validation), Rows(SplitRole.Calibration));
        People(train, notes);
        using var detector = FrameDetector.Train(train, request.Options, layout.ColumnNames);
        cancellation.ThrowIfCancellationRequested();

        if (request.Rounds.Count > 0) return ByRounds();

        var (scores, thresholds, importance) = Validate(detector, validation, layout, request.Options.Seed, notes, cancellation);
        ValidationScores[] beside = scores.Count == 0 ? []
            : [new ValidationScores("detector", scores),
            .. TrainingBaselines.Run(frames, request.Options, size, spool, progress, cancellation)];
        var calibrator = Calibrate(VideoScore.Aggregate(detector.Score(calibration)), notes);
        var manifest = Describe(request, layout, frames) with
        {
            Threshold = thresholds?.Frame,
            VideoThreshold = thresholds?.Video,
            Importance = importance,
            ValidationPeople = validation.Select(row => row.Identity).Distinct(StringComparer.Ordinal).Count(),
            CalibrationPeople = calibrator is null ? 0 : Math.Min(calibrator.RealPeople, calibrator.GeneratedPeople),
        };
        var saved = SavedDetector.Save(folder, detector, calibrator, manifest, FeatureReference.Of(train), layout.FileFamilies);
        spool.Remove();
        return new TrainingOutcome(saved, FrameAuc(scores), VideoAuc(scores), calibrator, notes) { Validation = beside };

        TrainingOutcome ByRounds()
        {
            var rounds = new RoundTraining(request, frames, features, Facts(frames, size, cancellation), layout.ColumnNames);
            var outcome = rounds.Run(progress, cancellation);
            var videos = RoundVideo.Once(outcome.Videos);
            var calibrated = Calibrate(videos, notes);
            var shares = VerdictShares.Of(outcome.Videos);
            var made = Describe(request, layout, frames) with
            {
                Threshold = OperatingPoint.Choose([.. outcome.Frames.Select(one => one.Score)],
                    [.. outcome.Frames.Select(one => one.Generated)]).Threshold,
                VideoThreshold = OperatingPoint.Choose([.. videos.Select(video => video.Score)],
                    [.. videos.Select(video => video.Generated)]).Threshold,
                CalibrationPeople = calibrated is null ? 0 : Math.Min(calibrated.RealPeople, calibrated.GeneratedPeople),
                Unseen = shares is null ? null : UnseenFakes.Of(shares, videos),
            };
            var written = SavedDetector.Save(folder, detector, calibrated, made, FeatureReference.Of(train), layout.FileFamilies,
                rounds.Range(TrainingRound.Teaching(request.Rounds).Contains).Within(outcome.Distances));
            spool.Remove();
            return new TrainingOutcome(written, FrameAuc(outcome.Frames), VideoAuc(videos), calibrated, notes)
            {
                Rounds = outcome.Videos,
                Shares = shares,
            };
        }
    }

    // Where rounds say who teaches whom, a clip of which they do not speak could neither be scored nor kept apart; one that teaches in none
    // of them calibrates.
    private static List<StoreFrame> Named(TrainingRequest request, List<StoreFrame> frames, List<string> notes)
    {
        var (teaching, named) = (TrainingRound.Teaching(request.Rounds), TrainingRound.Teaching(request.Rounds)
            .Concat(request.Rounds.SelectMany(round => round.Test)).ToHashSet(StringComparer.Ordinal));
        var clips = frames.Select(frame => (Frame: frame, Clip: ClipName.Of(frame.Store.Info, frame.Record))).ToArray();
        var all = clips.Select(one => one.Clip).ToHashSet(StringComparer.Ordinal);
        var left = all.Count(clip => !named.Contains(clip));
        if (left > 0) notes.Add($"{left} of {all.Count} clips have too few frames for a round and were left out");
        return [.. clips.Where(one => named.Contains(one.Clip)).Select(one =>
            one.Frame with { Role = teaching.Contains(one.Clip) ? SplitRole.Train : SplitRole.Calibration })];
    }

    private static double[][] Facts(List<StoreFrame> frames, int size, CancellationToken cancellation)
    {
        var facts = new double[frames.Count][];
        ParallelLoop.Run(facts.Length, i => facts[i] = frames[i].CopyOf is null
            ? TrainingRange.Measure(frames[i].Read(size), frames[i].Record.CropW) : [], cancellation);
        return facts;
    }

    /// <summary>Where the crops are reduced, the residual of neighbouring pixels is that of the reduction: it goes by another
    /// name.</summary>
    private static IReadOnlyList<string> Families(TrainingRequest request, int size)
    {
        var resized = request.Largest.Size != size;
        if (request.Families is null) return [.. FeatureFamilies.Default.Select(name => FeatureFamilies.NameOf(name, resized))];
        if (resized && request.Families.Contains("npr_stats"))
            throw new UserErrorException(
                $"Family npr_stats needs pictures that were not resized, and the stores' {request.Largest.Size} px are reduced to {size} "
                + "px; name npr_stats_resized instead.", exitCode: 2);
        return request.Families;
    }

    private static void People(LabelledFeatures[] train, List<string> notes)
    {
        var real = train.Where(row => !row.Generated).Select(row => row.Identity).ToHashSet(StringComparer.Ordinal);
        var fake = train.Where(row => row.Generated).Select(row => row.Identity).ToHashSet(StringComparer.Ordinal);
        var both = real.Intersect(fake, StringComparer.Ordinal).Count();
        if (both == 0)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"none of the {real.Count} people with real training frames is among the {fake.Count} with generated ones: the detector "
                    + $"may learn people and cameras instead of the making. Give fakes of the same people where you can, and read control "
                    + $"'container_only' beside every number"));
        }
    }

    private static double? FrameAuc(IReadOnlyList<FrameScore> scores) =>
        scores.Count == 0 ? null : Auc.Of([.. scores.Select(score => (float)score.Score)], [.. scores.Select(score => score.Generated)]);

    private static double? VideoAuc(IReadOnlyList<FrameScore> scores) => VideoAuc(VideoScore.Aggregate(scores));

    private static double? VideoAuc(IReadOnlyList<VideoScore> videos) => videos.Count == 0 ? null
        : Auc.Of([.. videos.Select(video => (float)video.Score)], [.. videos.Select(video => video.Generated)]);

    private static (IReadOnlyList<FrameScore> Scores, (double Frame, double Video)? Thresholds,
        IReadOnlyList<FamilyImportance> Importance) Validate(
        FrameDetector detector, LabelledFeatures[] rows, FeatureLayout layout, long seed, List<string> notes,
            CancellationToken cancellation)
    {
        if (rows.All(row => row.Generated) || rows.All(row => !row.Generated))
        {
            notes.Add("the split's validation people lack a class: no threshold was set and no importance measured");
            return ([], null, []);
        }

        var scores = detector.Score(rows);
        var videos = VideoScore.Aggregate(scores);
        return (
            scores,
            (OperatingPoint.Choose([.. scores.Select(score => score.Score)], [.. scores.Select(score => score.Generated)]).Threshold,
                OperatingPoint.Choose([.. videos.Select(video => video.Score)], [.. videos.Select(video => video.Generated)]).Threshold),
            FamilyImportance.Measure(detector, rows, layout.ColumnNames, seed, cancellation: cancellation));
    }

    private static VideoCalibrator? Calibrate(IReadOnlyList<VideoScore> videos, List<string> notes)
    {
        int Count(bool generated) =>
            videos.Where(video => video.Generated == generated).Select(video => video.Identity).Distinct(StringComparer.Ordinal).Count();
        var (real, fake) = (Count(false), Count(true));
        if (Math.Min(real, fake) < MinimumCalibrationPeople)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"no calibrator: the calibration role has {real} people with real and {fake} with generated videos, and "
                    + $"{MinimumCalibrationPeople} of each are needed. The detector gives scores but neither likelihood ratios nor "
                    + $"verdicts; give the role more people with 'datasets split --calibration'"));
            return null;
        }

        var calibrator = VideoCalibrator.Fit(videos);
        if (calibrator.Slope == 0) notes.Add(
            "the calibration people contradict the detector's order: every likelihood ratio is 1, every verdict inconclusive");
        else if (calibrator.UpperBound < Verdict.Threshold || -calibrator.LowerBound < Verdict.Threshold)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the calibration videos bound log10 LR to {calibrator.LowerBound:0.##} … {calibrator.UpperBound:0.##}, which on "
                    + $"one side does not reach the ±{Verdict.Threshold} that a verdict needs: there, every verdict will be inconclusive. "
                    + $"More calibration people widen the bounds"));
        }

        return calibrator;
    }

    private static DetectorManifest Describe(TrainingRequest request, FeatureLayout layout, IReadOnlyList<StoreFrame> frames)
    {
        var train = frames.Where(frame => frame.Role == SplitRole.Train && frame.CopyOf is null).Select(frame => frame.Record).ToArray();
        var largest = request.Largest;
        return new DetectorManifest
        {
            Options = request.Options,
            Families = layout.Families,
            Size = layout.Size,
            TrainingStores = new SortedDictionary<string, string>(
                request.Stores.GroupBy(store => store.Info.Name, StringComparer.Ordinal)
                    .SelectMany(same =>
                        same.Select((store, i) =>
                            (Name: i == 0 ? same.Key : FormattableString.Invariant($"{same.Key}#{i + 1}"), store.ContentHash)))
                    .ToDictionary(pair => pair.Name, pair => pair.ContentHash, StringComparer.Ordinal),
                StringComparer.Ordinal),
            Split = request.SplitName,
            CropContract = largest.CropSpecification,
            CropSize = largest.Size,
            LandmarkFinder = layout.HasTracks ? request.Landmarks!.Name : null,
            Device = FeatureFamilies.TrainedOf(layout.Families) is null || request.Compute.Name == Compute.Cpu.Name ? null
                : request.Compute.Name,
            Augmented = request.Copies.Has(TeachingCopies.Changed),
            Copies = request.Copies.Names.Where(name => name != TeachingCopies.Changed).Order(StringComparer.Ordinal).ToArray()
                is { Length: > 0 } others ? others : null,
            CalibratedBy = request.Rounds.Count > 0 ? request.Protocol : null,
            Remark = request.Remark,
            Learnt = LearntPeople.Of(frames.Select(frame => frame.Record)),
        }.TrainedOn(train);
    }
}

/// <summary>What a training gave.</summary>
/// <param name="Manifest">What stands in <c>detector.json</c>.</param>
/// <param name="FrameAuc">AUC over validation frames; null where a class is missing there. Chosen on these people, so no measure of what is
/// to come.</param>
/// <param name="VideoAuc">AUC over validation videos; null likewise.</param>
/// <param name="Calibrator">The calibrator; null when there were too few people for one.</param>
/// <param name="Notes">What the user should know, a line each.</param>
public sealed record TrainingOutcome(DetectorManifest Manifest, double? FrameAuc, double? VideoAuc, VideoCalibrator? Calibrator,
    IReadOnlyList<string> Notes)
{
    /// <summary>How validation people's frames were scored by the detector, then by <c>trivial_pixels</c> and <c>metadata_only</c> trained
    /// beside it; empty where a class is missing there.</summary>
    public IReadOnlyList<ValidationScores> Validation { get; init; } = [];

    /// <summary>What the rounds said of the clips that they left out; empty without rounds. The areas are then over these, each clip
    /// once.</summary>
    public IReadOnlyList<RoundVideo> Rounds { get; init; } = [];

    /// <summary>The words that clips of the rounds would get, cross-fitted; null without rounds, or with too few clips.</summary>
    public VerdictShares? Shares { get; init; }
}
