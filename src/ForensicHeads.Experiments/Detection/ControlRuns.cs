using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Statistics;

namespace ForensicHeads.Experiments.Detection;

/// <summary>Score tables of the controls, pooled over folds before their intervals are taken.</summary>
internal sealed class ControlRuns(ExperimentConfig config)
{
    private readonly List<ClusteredScore> passthrough = [];
    private readonly List<ClusteredScore> plantedOffset = [];
    private readonly List<ClusteredScore> metadata = [];
    private readonly List<ClusteredScore> plantedField = [];
    private readonly List<ClusteredScore> background = [];
    private readonly List<ClusteredScore> trivial = [];
    private readonly List<LabelShuffle> shuffles = [];
    private string? conditionName;

    /// <summary>
    /// Runs all controls of one fold. Those that judge the detector's number run under the condition of that number; passthrough needs
    /// untouched pixels, metadata know no condition.
    /// </summary>
    /// <param name="detection">The fold.</param>
    /// <param name="frames">Its frames.</param>
    /// <param name="features">Their shared columns: a network that learnt the true labels beforehand has no place in a shuffle of them.</param>
    /// <param name="condition">The headline's.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="progress">Permutations.</param>
    /// <param name="cancellation">Stops between them.</param>
    public void Add(FoldDetection detection, IReadOnlyList<ExperimentFrame> frames, float[][] features, ISequenceCondition condition, ExperimentFeatures columns, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        conditionName = condition.Name;
        var known = ExperimentFeatures.Known(features);
        shuffles.Add(LabelShuffle.Run(FewShotPairs(SplitRole.Train), FewShotPairs(SplitRole.Test), config.Seed, config.Permutations, progress, cancellation));
        Passthrough(detection, frames, columns, cancellation);
        Metadata(detection, frames);
        Masked(detection, frames, new FeatureLayout(columns.Still, columns.Size), condition, (frame, picture) => BackgroundOnly.Mask(picture, frame.Record.Landmarks), background, cancellation);
        Masked(detection, frames, new FeatureLayout(["trivial_pixels"], columns.Size), condition, null, trivial, cancellation);

        IReadOnlyList<PairedFeatures> FewShotPairs(SplitRole role) => detection.Pairs(role, known, known, frame => frame.Record.Generator == FakeKind.FewShot);
    }

    /// <summary>The controls with their intervals over all test people.</summary>
    public Controls Results() => new()
    {
        Passthrough = Interval(passthrough, ControlResult.Alike) with { Condition = "clean" },
        MetadataOnly = Interval(metadata, ControlResult.Alike),
        LabelShuffle = ControlResult.Shuffled(
            shuffles.Average(run => run.Mean), shuffles.Min(run => run.Low), shuffles.Max(run => run.High), shuffles.Max(run => run.PValue)) with
        { Condition = conditionName },
        PlantedOffset = Interval(plantedOffset, ControlResult.Caught) with { Condition = "clean" },
        PlantedField = Interval(plantedField, ControlResult.Caught),
        BackgroundOnly = Interval(background, ControlResult.Reported) with { Condition = conditionName },
        TrivialPixels = Interval(trivial, ControlResult.Reported) with { Condition = conditionName },
    };

    private void Passthrough(FoldDetection detection, IReadOnlyList<ExperimentFrame> frames, ExperimentFeatures columns, CancellationToken cancellation)
    {
        var layout = PassthroughControl.Layout(columns.Still, columns.Size);
        var (normal, planted) = (new float[frames.Count][], new float[frames.Count][]);
        var chosen = new[] { SplitRole.Train, SplitRole.Test }.SelectMany(role => detection.Of(role, frame => frame.IsReal || frame.Record.Generator == FakeKind.Passthrough)).ToArray();
        var measured = FeatureExtractor.Extract(chosen.Length, i => frames[chosen[i]].Read(), layout, null, cancellation);
        var brighter = FeatureExtractor.Extract(chosen.Length, i => Brighter(frames[chosen[i]].Read()), layout, null, cancellation);
        for (var i = 0; i < chosen.Length; i++) (normal[chosen[i]], planted[chosen[i]]) = (measured[i], brighter[i]);

        IReadOnlyList<PairedFeatures> Pairs(SplitRole role, float[][] made) => detection.Pairs(role, normal, made, frame => frame.Record.Generator == FakeKind.Passthrough);
        passthrough.AddRange(Clustered(PassthroughControl.Scores(Pairs(SplitRole.Train, normal), Pairs(SplitRole.Test, normal))));
        plantedOffset.AddRange(Clustered(PassthroughControl.Scores(Pairs(SplitRole.Train, planted), Pairs(SplitRole.Test, planted))));
    }

    private void Metadata(FoldDetection detection, IReadOnlyList<ExperimentFrame> frames)
    {
        FrameRecord[] Records(SplitRole role) => detection.Of(role, FoldDetection.IsFewShotOrReal).Select(i => frames[i].Record).ToArray();
        var (train, test) = (Records(SplitRole.Train), Records(SplitRole.Test));
        metadata.AddRange(Clustered(MetadataFeatures.Scores(train, test, config.Detector)));
        FrameRecord[] Planted(FrameRecord[] records) => Array.ConvertAll(records, record => record.Label == "real" ? record : record with { CropX = record.CropX + 1000 });
        plantedField.AddRange(Clustered(MetadataFeatures.Scores(Planted(train), Planted(test), config.Detector)));
    }

    // The detector's model and seed on other pixels or other features; with few columns every tree sees them all. Scores are relative to
    // the validation threshold, so that folds can be pooled.
    private void Masked(FoldDetection detection, IReadOnlyList<ExperimentFrame> frames, FeatureLayout layout, ISequenceCondition condition, Func<ExperimentFrame, RgbImage, RgbImage>? mask, List<ClusteredScore> results, CancellationToken cancellation)
    {
        var train = detection.Of(SplitRole.Train, FoldDetection.IsFewShotOrReal);
        var test = detection.Of(SplitRole.Test, FoldDetection.IsFewShotOrReal);
        var validation = detection.Of(SplitRole.Validation, FoldDetection.IsFewShotOrReal);
        int[] all = [.. train, .. validation, .. test];
        var measured = ConditionedFrames.Measure([.. all.Select(i => frames[i])], condition, layout, null, mask, decibels: false, null, cancellation).Rows;
        var rows = all.Select((index, i) => (index, Row: LabelledFeatures.Of(frames[index].Record, measured[i]))).ToDictionary(entry => entry.index, entry => entry.Row);
        using var detector = FrameDetector.Train(train.Select(i => rows[i]).ToArray(), config.Detector with { Seed = config.Seed, ColumnShare = 1 }, layout.ColumnNames);
        var scores = all.Zip(detector.Score(measured)).ToDictionary(entry => entry.First, entry => (double)entry.Second);
        var threshold = detection.Threshold(validation, i => scores[i]);
        results.AddRange(test.Select(i => new ClusteredScore(rows[i].Identity, rows[i].Generated, scores[i] - threshold)));
    }

    private static RgbImage Brighter(RgbImage image) => new(image.Width, image.Height, Array.ConvertAll(image.Pixels, value => (byte)Math.Min(255, value + 1)));

    private static IEnumerable<ClusteredScore> Clustered(IEnumerable<FrameScore> scores) => scores.Select(score => new ClusteredScore(score.Identity, score.Generated, score.Score));

    private static ControlResult Interval(IReadOnlyList<ClusteredScore> scores, Func<double?, double?, double?, ControlResult> judge)
    {
        var estimate = ClusteredAuc.Interval(scores);
        return judge(estimate.Value, estimate.Low, estimate.High);
    }
}
