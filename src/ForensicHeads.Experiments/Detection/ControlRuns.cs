using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Results;
using ForensicHeads.Reporting.Statistics;

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

    /// <summary>Runs all controls of one fold on clean frames.</summary>
    public void Add(FoldDetection detection, IReadOnlyList<ExperimentFrame> frames, float[][] features, int size, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        shuffles.Add(LabelShuffle.Run(FewShotPairs(SplitRole.Train), FewShotPairs(SplitRole.Test), config.Seed, config.Permutations, progress, cancellation));
        Passthrough(detection, frames, size, cancellation);
        Metadata(detection, frames);
        Masked(detection, frames, new FeatureLayout(config.Families, size), frame => BackgroundOnly.Mask(frame.Read(), frame.Record.Landmarks), background, cancellation);
        Masked(detection, frames, new FeatureLayout(["trivial_pixels"], size), frame => frame.Read(), trivial, cancellation);

        IReadOnlyList<PairedFeatures> FewShotPairs(SplitRole role) => detection.Pairs(role, features, features, frame => frame.Record.Generator == FakeKind.FewShot);
    }

    /// <summary>The controls with their intervals over all test people.</summary>
    public Controls Results() => new()
    {
        Passthrough = Interval(passthrough, ControlResult.Alike),
        MetadataOnly = Interval(metadata, ControlResult.Alike),
        LabelShuffle = ControlResult.Shuffled(
            shuffles.Average(run => run.Mean), shuffles.Min(run => run.Low), shuffles.Max(run => run.High), shuffles.Max(run => run.PValue)),
        PlantedOffset = Interval(plantedOffset, ControlResult.Caught),
        PlantedField = Interval(plantedField, ControlResult.Caught),
        BackgroundOnly = Interval(background, ControlResult.Reported),
        TrivialPixels = Interval(trivial, ControlResult.Reported),
    };

    private void Passthrough(FoldDetection detection, IReadOnlyList<ExperimentFrame> frames, int size, CancellationToken cancellation)
    {
        var layout = PassthroughControl.Layout(config.Families, size);
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

    // The same trainer on other pixels or other features.
    private void Masked(FoldDetection detection, IReadOnlyList<ExperimentFrame> frames, FeatureLayout layout, Func<ExperimentFrame, RgbImage> picture, List<ClusteredScore> results, CancellationToken cancellation)
    {
        var train = detection.Of(SplitRole.Train, FoldDetection.IsFewShotOrReal);
        var test = detection.Of(SplitRole.Test, FoldDetection.IsFewShotOrReal);
        var rows = FeatureExtractor.Extract(train.Count + test.Count, i => picture(frames[i < train.Count ? train[i] : test[i - train.Count]]), layout, null, cancellation);
        using var detector = FrameDetector.Train(train.Select((index, i) => LabelledFeatures.Of(frames[index].Record, rows[i])).ToArray(), config.Detector with { ColumnShare = 1 }, layout.ColumnNames);
        results.AddRange(Clustered(detector.Score(test.Select((index, i) => LabelledFeatures.Of(frames[index].Record, rows[train.Count + i])).ToArray())));
    }

    private static RgbImage Brighter(RgbImage image) => new(image.Width, image.Height, Array.ConvertAll(image.Pixels, value => (byte)Math.Min(255, value + 1)));

    private static IEnumerable<ClusteredScore> Clustered(IEnumerable<FrameScore> scores) => scores.Select(score => new ClusteredScore(score.Identity, score.Generated, score.Score));

    private static ControlResult Interval(IReadOnlyList<ClusteredScore> scores, Func<double?, double?, double?, ControlResult> judge)
    {
        var estimate = ClusteredAuc.Interval(scores);
        return judge(estimate.Value, estimate.Low, estimate.High);
    }
}
