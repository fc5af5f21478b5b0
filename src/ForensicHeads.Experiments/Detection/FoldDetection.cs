using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Statistics;

namespace ForensicHeads.Experiments.Detection;

/// <summary>Trains and applies the detectors of a fold: each on all shot counts, modes and arms, so that the curves of two arms differ by their fakes alone.</summary>
/// <param name="config">The experiment.</param>
/// <param name="fold">Who has which role.</param>
/// <param name="frames">True and made frames of everybody.</param>
/// <param name="columnNames"><c>family/column</c> of every feature.</param>
internal sealed class FoldDetection(ExperimentConfig config, Fold fold, IReadOnlyList<ExperimentFrame> frames, IReadOnlyList<string> columnNames)
{
    /// <summary>The few-shot generator's frames and the true ones.</summary>
    public static bool IsFewShotOrReal(ExperimentFrame frame) => frame.IsReal || frame.Record.Generator == FakeKind.FewShot;

    /// <summary>Trains a detector and fixes its thresholds and calibrator.</summary>
    /// <param name="kind">What it is told of.</param>
    /// <param name="tables">Features of the fold's frames; several where training frames come in several forms.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <param name="only">Further restriction of the frames, or null.</param>
    /// <param name="columns">Names of the tables' columns; null where they are all of them.</param>
    public FittedDetector Fit(DetectorKind kind, IReadOnlyList<float[][]> tables, long seed, Func<ExperimentFrame, bool>? only = null, IReadOnlyList<string>? columns = null)
    {
        bool Chosen(ExperimentFrame frame) => only is null || only(frame);
        var train = Of(SplitRole.Train, frame => kind.Learns(frame) && Chosen(frame));
        var model = FrameDetector.Train([.. tables.SelectMany(table => train.Select(i => Row(i, table)))], config.Detector with { Seed = seed }, columns ?? columnNames);
        var (frameScores, videoScores, calibration) = (new List<(double Score, bool Generated)>(), new List<VideoScore>(), new List<VideoScore>());
        foreach (var table in tables)
        {
            IReadOnlyList<FrameScore> Scores(SplitRole role) => model.Score([.. Of(role, frame => kind.Judges(frame) && Chosen(frame)).Select(i => Row(i, table))]);
            var validation = Scores(SplitRole.Validation);
            frameScores.AddRange(validation.Select(score => (score.Score, score.Generated)));
            videoScores.AddRange(VideoScore.Aggregate(validation));
            calibration.AddRange(VideoScore.Aggregate(Scores(SplitRole.Calibration)));
        }

        var frameThreshold = OperatingPoint.Choose([.. frameScores.Select(score => score.Score)], [.. frameScores.Select(score => score.Generated)]).Threshold;
        var videoThreshold = OperatingPoint.Choose([.. videoScores.Select(video => video.Score)], [.. videoScores.Select(video => video.Generated)]).Threshold;
        return new FittedDetector(kind, model, frameThreshold, videoThreshold, VideoCalibrator.Fit(calibration));
    }

    /// <summary>Scores the test people under a condition.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="features">Features of the fold's frames under it.</param>
    /// <param name="spares">True frames of the second real sequences, and their features.</param>
    public FoldScores Apply(FittedDetector detector, string condition, float[][] features, (IReadOnlyList<ExperimentFrame> Frames, float[][] Features) spares)
    {
        var test = Of(SplitRole.Test, _ => true);
        var scores = detector.Model.Score([.. test.Select(i => features[i])]);
        var (real, made) = (Of(SplitRole.Validation, frame => frame.IsReal), Of(SplitRole.Validation, frame => frame.Record.Generator == FakeKind.Reconstruct));
        double[] Validation(IReadOnlyList<int> chosen) => [.. detector.Model.Score([.. chosen.Select(i => features[i])]).Select(score => (double)score)];
        return new FoldScores(
            fold.Name, condition, detector, Items(detector, condition, [.. test.Select(i => frames[i])], scores), Items(detector, condition, spares.Frames, detector.Model.Score(spares.Features)), Auc.Compute(Validation(real), Validation(made)), []);
    }

    /// <summary>How much each family matters, on validation people.</summary>
    public IReadOnlyList<FamilyImportance> Importance(FittedDetector detector, float[][] features, long seed) =>
        FamilyImportance.Measure(detector.Model, [.. Of(SplitRole.Validation, detector.Kind.Judges).Select(i => Row(i, features))], columnNames, seed);

    /// <summary>Scored frames and their videos; scores are shifted so that the detector's thresholds lie at 0.</summary>
    public static IReadOnlyList<ScoredItem> Items(FittedDetector detector, string condition, IReadOnlyList<ExperimentFrame> chosen, float[] scores)
    {
        var items = chosen.Select((frame, i) => FrameItem(frame, condition, detector.Kind.Name, scores[i] - detector.FrameThreshold)).ToList();
        items.AddRange(chosen.Zip(scores).GroupBy(entry => entry.First.Sequence).Select(sequence =>
        {
            var (frame, score) = (sequence.First().First, sequence.Average(entry => (double)entry.Second));
            var item = FrameItem(frame, condition, detector.Kind.Name, score - detector.VideoThreshold);
            var parts = new object?[] { item.Video, item.Anchor ?? item.Mode ?? (frame.IsSpare ? "spare" : "real"), item.Shots, item.Draw, item.Arm.Length > 0 ? item.Arm : null, item.Weights.Length > 0 ? item.Weights : null };
            return item with
            {
                Key = string.Join('/', parts.Where(part => part is not null)),
                Level = "video",
                Position = 0,
                Llr = detector.Calibrator.Llr(score),
                Probability = detector.Calibrator.ProbabilityAtEvenOdds(score),
                Frames = sequence.Count(),
            };
        }));
        return items;
    }

    /// <summary>
    /// Scores of test frames by detectors trained on one shot count only, by mode and arm: the train-shots × test-shots matrix. Each is relative to
    /// its detector's own validation threshold, so that folds can be pooled.
    /// </summary>
    public IEnumerable<CrossShotScores> CrossShot(string condition, float[][] features, long seed)
    {
        foreach (var (mode, arm) in config.BudgetArms.Select(arm => ("ft", ArmName.Of(arm))).Prepend(("ff", "")))
        {
            foreach (var shots in config.Shots)
            {
                bool Matches(ExperimentFrame frame) => frame.IsReal || (frame.Record.Mode == mode && frame.Arm == arm && frame.Record.Shots == shots);
                if (!new[] { SplitRole.Train, SplitRole.Validation }.All(role => Of(role, Matches).Any(i => !frames[i].IsReal))) continue;
                var train = Of(SplitRole.Train, Matches).Select(i => Row(i, features)).ToArray();
                using var detector = FrameDetector.Train(train, config.Detector with { Seed = seed }, columnNames);
                var validation = Of(SplitRole.Validation, Matches);
                var judged = detector.Score([.. validation.Select(i => features[i])]);
                var threshold = OperatingPoint.Choose([.. judged.Select(score => (double)score)], [.. validation.Select(i => !frames[i].IsReal)]).Threshold;
                var test = Of(SplitRole.Test, IsFewShotOrReal);
                var scores = detector.Score([.. test.Select(i => features[i])]);
                yield return new CrossShotScores(mode, arm, shots, [.. test.Select((index, i) => FrameItem(frames[index], condition, DetectorNames.Aware, scores[i] - threshold))]);
            }
        }
    }

    /// <summary>The threshold of largest balanced accuracy over some frames.</summary>
    public double Threshold(IReadOnlyList<int> chosen, Func<int, double> score) =>
        OperatingPoint.Choose([.. chosen.Select(score)], [.. chosen.Select(i => !frames[i].IsReal)]).Threshold;

    /// <summary>Pairs of a driver frame and each frame made from it, of one role.</summary>
    public IReadOnlyList<PairedFeatures> Pairs(SplitRole role, float[][] real, float[][] made, Func<ExperimentFrame, bool> chosen)
    {
        var truth = Of(role, frame => frame.IsReal).ToDictionary(i => (frames[i].Record.Identity, frames[i].Record.FrameNumber));
        return Of(role, frame => !frame.IsReal && chosen(frame)).Select(i =>
        {
            var record = frames[i].Record;
            var driver = truth[(record.Identity, record.FrameNumber)];
            return new PairedFeatures
            {
                Identity = record.Identity,
                Driver = frames[driver].Record.Key,
                Key = record.Key,
                Video = record.Video,
                MadeVideo = $"{record.Video}/{record.Generator}",
                Mode = record.Mode,
                Shots = record.Shots,
                Real = real[driver],
                Made = made[i],
            };
        }).ToArray();
    }

    /// <summary>Indexes of the frames of a role.</summary>
    public IReadOnlyList<int> Of(SplitRole role, Func<ExperimentFrame, bool> chosen)
    {
        var people = fold.People(role).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, frames.Count).Where(i => people.Contains(frames[i].Record.Identity) && chosen(frames[i])).ToArray();
    }

    private static ScoredItem FrameItem(ExperimentFrame frame, string condition, string detector, double score)
    {
        var record = frame.Record;
        var isAnchor = record.Generator is not null && FakeKind.Anchors.Contains(record.Generator);
        return new ScoredItem
        {
            Identity = record.Identity,
            Video = record.Video,
            Key = record.Key,
            Generated = !frame.IsReal,
            Condition = condition,
            Level = "frame",
            Score = score,
            Mode = isAnchor ? null : record.Mode ?? (record.Generator is { } name ? name : null),
            Shots = record.Shots,
            Draw = record.Draw,
            Anchor = isAnchor ? record.Generator : null,
            Arm = frame.Arm,
            Detector = detector,
            Weights = frame.Weights,
            Position = frame.Position,
        };
    }

    private LabelledFeatures Row(int index, float[][] features)
    {
        var frame = frames[index];
        // Each generator, and each kind that has no mode of its own, makes videos and a share of the weight of its own.
        return LabelledFeatures.Of(frame.Record, features[index]) with
        {
            Arm = frame.Weights.Length > 0 ? $"{frame.Arm}@{frame.Weights}" : frame.Arm,
            Mode = frame.Record.Mode ?? (frame.Record.Shots is null ? frame.Record.Generator : null),
        };
    }
}
