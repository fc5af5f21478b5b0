using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Reporting.Statistics;

namespace ForensicHeads.Experiments.Detection;

/// <summary>One detector of a fold under one condition: trained, its threshold and calibrator set, and what it says of the test people.</summary>
/// <param name="Fold">Name of the fold.</param>
/// <param name="Condition">The condition.</param>
/// <param name="FrameThreshold">Logit fixed on validation frames.</param>
/// <param name="VideoThreshold">Logit fixed on validation videos.</param>
/// <param name="Calibrator">Fitted on the calibration people's videos.</param>
/// <param name="Items">Test people's frames and videos; scores are shifted so that the thresholds lie at 0.</param>
/// <param name="ReconstructAuc">Frame-level AUC of <c>reconstruct</c> on validation people, for the choice of the headline condition.</param>
/// <param name="Importance">Families by importance on validation people.</param>
internal sealed record FoldScores(
    string Fold, string Condition, double FrameThreshold, double VideoThreshold, VideoCalibrator Calibrator, IReadOnlyList<ScoredItem> Items, double? ReconstructAuc, IReadOnlyList<FamilyImportance> Importance);

/// <summary>What a detector trained on one shot count of one mode and arm says of the test frames.</summary>
internal sealed record CrossShotScores(string Mode, string Arm, int TrainShots, IReadOnlyList<ScoredItem> Items);

/// <summary>Trains and applies the detector of a fold: one, on all shot counts, modes and arms, so that the curves of two arms differ by their fakes alone.</summary>
internal sealed class FoldDetection(ExperimentConfig config, Fold fold, IReadOnlyList<ExperimentFrame> frames, FeatureLayout layout)
{
    /// <summary>The few-shot generator's frames and the true ones: what an aware detector learns from.</summary>
    public static bool IsFewShotOrReal(ExperimentFrame frame) => frame.IsReal || frame.Record.Generator == FakeKind.FewShot;

    public FoldScores Run(string condition, float[][] features, long seed)
    {
        using var detector = Train(features, seed, frame => true);
        var scores = detector.Score(features);
        var validation = Of(SplitRole.Validation, IsFewShotOrReal);
        var frameThreshold = Threshold(validation, i => scores[i]);
        var validationVideos = VideoScore.Aggregate(validation.Select(i => Score(i, scores)));
        var videoThreshold = OperatingPoint.Choose(validationVideos.Select(video => video.Score).ToArray(), validationVideos.Select(video => video.Generated).ToArray()).Threshold;
        var calibrator = VideoCalibrator.Fit(VideoScore.Aggregate(Of(SplitRole.Calibration, IsFewShotOrReal).Select(i => Score(i, scores))));

        var test = Of(SplitRole.Test, frame => true);
        var items = test.Select(i => FrameItem(i, condition, scores[i] - frameThreshold)).ToList();
        items.AddRange(VideoItems(test, scores, condition, videoThreshold, calibrator));
        var validationRows = validation.Select(i => Row(i, features)).ToArray();
        return new FoldScores(fold.Name, condition, frameThreshold, videoThreshold, calibrator, items, ReconstructAuc(scores), FamilyImportance.Measure(detector, validationRows, layout.ColumnNames, seed));
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
                if (!Of(SplitRole.Train, Matches).Any(i => !frames[i].IsReal)) continue;
                using var detector = Train(features, seed, Matches);
                var scores = detector.Score(features);
                var validation = Of(SplitRole.Validation, Matches);
                if (validation.All(i => frames[i].IsReal)) continue;
                var threshold = Threshold(validation, i => scores[i]);
                yield return new CrossShotScores(mode, arm, shots, Of(SplitRole.Test, IsFewShotOrReal).Select(i => FrameItem(i, condition, scores[i] - threshold)).ToArray());
            }
        }
    }

    /// <summary>The threshold of largest balanced accuracy over some frames.</summary>
    public double Threshold(IReadOnlyList<int> chosen, Func<int, double> score) =>
        OperatingPoint.Choose(chosen.Select(score).ToArray(), chosen.Select(i => !frames[i].IsReal).ToArray()).Threshold;

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

    /// <summary>A frame of a test person as a scored item.</summary>
    public ScoredItem FrameItem(int index, string condition, double score)
    {
        var record = frames[index].Record;
        var isAnchor = record.Generator is not null && FakeKind.Anchors.Contains(record.Generator);
        return new ScoredItem
        {
            Identity = record.Identity,
            Video = record.Video,
            Key = record.Key,
            Generated = !frames[index].IsReal,
            Condition = condition,
            Level = "frame",
            Score = score,
            Mode = isAnchor ? null : record.Mode ?? (record.Generator is { } name ? name : null),
            Shots = record.Shots,
            Draw = record.Draw,
            Anchor = isAnchor ? record.Generator : null,
            Arm = frames[index].Arm,
        };
    }

    private FrameDetector Train(float[][] features, long seed, Func<ExperimentFrame, bool> chosen) =>
        FrameDetector.Train(Of(SplitRole.Train, frame => (IsFewShotOrReal(frame) || config.AttackersInTraining.Contains(frame.Record.Generator)) && chosen(frame)).Select(i => Row(i, features)).ToArray(), config.Detector with { Seed = seed }, layout.ColumnNames);

    private IEnumerable<ScoredItem> VideoItems(IReadOnlyList<int> test, float[] scores, string condition, double threshold, VideoCalibrator calibrator) =>
        test.Select(i => (Item: FrameItem(i, condition, scores[i]), Score: (double)scores[i]))
            .GroupBy(entry => (entry.Item.Identity, entry.Item.Video, entry.Item.Generated, entry.Item.Mode, entry.Item.Shots, entry.Item.Draw, entry.Item.Arm, entry.Item.Anchor))
            .Select(group =>
            {
                var score = group.Average(entry => entry.Score);
                return group.First().Item with
                {
                    Key = string.Join('/', new object?[] { group.Key.Video, group.Key.Anchor ?? group.Key.Mode ?? "real", group.Key.Shots, group.Key.Draw, group.Key.Arm.Length > 0 ? group.Key.Arm : null }.Where(part => part is not null)),
                    Level = "video",
                    Score = score - threshold,
                    Llr = calibrator.Llr(score),
                    Probability = calibrator.ProbabilityAtEvenOdds(score),
                    Frames = group.Count(),
                };
            });

    private double? ReconstructAuc(float[] scores)
    {
        var real = Of(SplitRole.Validation, frame => frame.IsReal).Select(i => (double)scores[i]).ToArray();
        var made = Of(SplitRole.Validation, frame => frame.Record.Generator == FakeKind.Reconstruct).Select(i => (double)scores[i]).ToArray();
        return Auc.Compute(real, made);
    }

    private FrameScore Score(int index, float[] scores) => FrameScore.Of(Row(index, Array.Empty<float>()), scores[index]);

    private LabelledFeatures Row(int index, float[] features) => LabelledFeatures.Of(frames[index].Record, features) with { Arm = frames[index].Arm };

    private LabelledFeatures Row(int index, float[][] features) => Row(index, features[index]);
}
