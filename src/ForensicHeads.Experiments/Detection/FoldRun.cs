using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Experiments.Plan;
using ForensicHeads.Experiments.Results;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Experiments.Detection;

/// <summary>Everything that is detected in one fold: every detector under every condition, the ladder, the repetitions with other seeds.</summary>
/// <param name="config">The experiment.</param>
/// <param name="fold">Who has which role.</param>
/// <param name="made">All frames of the fold.</param>
/// <param name="features">The columns.</param>
/// <param name="cache">Where features are kept.</param>
internal sealed class FoldRun(ExperimentConfig config, Fold fold, IReadOnlyList<ExperimentFrame> made, ExperimentFeatures features, ContentCache cache)
{
    // Every training frame comes as it is, and so many times under a random step.
    private const int AugmentedCopies = 2;

    private readonly ExperimentFrame[] frames = [.. made.Where(frame => !frame.IsSpare)];
    private readonly ExperimentFrame[] spares = [.. made.Where(frame => frame.IsSpare)];

    private DetectorKind[] Kinds => [DetectorKind.Aware(config), .. config.Unaware ? [DetectorKind.Unaware] : Array.Empty<DetectorKind>()];

    /// <summary>Runs it and hands over what was scored.</summary>
    public void Run(FoldCollector collected, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var detection = new FoldDetection(config, fold, frames, features.ColumnNames);
        var networks = features.HasNetwork ? new FoldNetworks(config, detection, frames, features.Size, cache) : null;
        var test = detection.Of(SplitRole.Test, _ => true);
        using var augmented = config.Detector.Augment ? Augmented(detection, networks, config.Seed, progress, cancellation) : null;
        for (var repetition = 0; repetition < config.DetectorSeeds; repetition++)
        {
            var seed = config.Seed + repetition;
            foreach (var name in config.Conditions)
            {
                cancellation.ThrowIfCancellationRequested();
                var measured = Measure(frames, name, "", progress, cancellation);
                var second = spares.Length == 0 ? [] : Measure(spares, name, "spare", progress, cancellation).Rows;
                foreach (var kind in Kinds)
                {
                    using var network = networks?.Teach(kind, [Condition(name)], seed, progress, cancellation);
                    var rows = ExperimentFeatures.Join(measured.Rows, network?.Rows[0]);
                    if (repetition == 0 && network is { Curve.Count: > 0 }) collected.AddTraining(name, TrainingReport.Table($"cnn-{kind.Name}-{fold.Name}", network.Curve));
                    using var detector = detection.Fit(kind, [rows], seed);
                    var scores = detection.Apply(detector, name, rows, (spares, With(network, spares, second, name, cancellation)));
                    collected.Add(repetition, kind.Name == DetectorNames.Aware && repetition == 0 ? scores with { Importance = detection.Importance(detector, rows, seed) } : scores);
                }

                if (repetition > 0) continue;
                if (augmented is not null)
                    collected.Add(repetition, detection.Apply(augmented.Detector, name, With(augmented.Network, frames, measured.Rows, name, cancellation), (spares, With(augmented.Network, spares, second, name, cancellation))));
                if (measured.BitsPerFrame is { } bits) collected.AddCompression(name, [.. test.Select(i => frames[i])], [.. test.Select(i => bits[i])]);
            }
        }

        Ladder(detection, networks, collected, augmented, progress, cancellation);
        collected.Remember(detection, networks, frames, cache);
        collected.AddTestFrames(test.Select(i => frames[i]));
    }

    // The step that stands in the conditions, too, is measured twice: there on all frames, here on those of the curve alone.
    private void Ladder(FoldDetection detection, FoldNetworks? networks, FoldCollector collected, LadderDetector? augmented, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (config.LadderSteps.Count == 0) return;
        var clean = Measure(frames, RobustnessRow.Untouched, "", progress, cancellation).Rows;
        var chosen = detection.Of(SplitRole.Test, FoldDetection.IsFewShotOrReal);
        var fitted = Kinds.Select(Fitted).ToArray();
        try
        {
            LadderDetector[] all = [.. fitted, .. augmented is null ? [] : new[] { augmented with { Clean = [.. chosen.Select(i => augmented.Clean[i])] } }];
            ExperimentFrame[] own = [.. chosen.Select(i => frames[i])];
            foreach (var (scores, bits) in new RobustnessRun(config.LadderSteps, config.Seed).Run(own, all, features, cache, progress, cancellation))
            {
                collected.Add(scores);
                if (bits is not null && !config.Conditions.Contains(scores.Step)) collected.AddCompression(scores.Step, own, bits);
            }
        }
        finally
        {
            foreach (var detector in fitted) detector.Dispose();
        }

        LadderDetector Fitted(DetectorKind kind)
        {
            var network = networks?.Teach(kind, [Condition(RobustnessRow.Untouched)], config.Seed, progress, cancellation);
            var rows = ExperimentFeatures.Join(clean, network?.Rows[0]);
            return new LadderDetector(detection.Fit(kind, [rows], config.Seed), network, [.. chosen.Select(i => rows[i])]);
        }
    }

    private LadderDetector Augmented(FoldDetection detection, FoldNetworks? networks, long seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var kind = DetectorKind.Augmented(config);
        ISequenceCondition[] conditions = [Condition(RobustnessRow.Untouched), .. Enumerable.Range(0, AugmentedCopies).Select(copy => new AugmentCondition(config.Seed, copy))];
        var shared = conditions.Select(condition => features.Measure(frames, condition, FeatureTable.SlotIn(cache, condition), config.Seed, decibels: false, progress, cancellation).Rows).ToArray();
        var network = networks?.Teach(kind, conditions, seed, progress, cancellation);
        var tables = shared.Select((rows, c) => ExperimentFeatures.Join(rows, network?.Rows[c])).ToArray();
        return new LadderDetector(detection.Fit(kind, tables, seed), network, tables[0]);
    }

    private float[][] With(FoldNetwork? network, IReadOnlyList<ExperimentFrame> of, float[][] shared, string condition, CancellationToken cancellation) =>
        ExperimentFeatures.Join(shared, network?.Measure(of, Condition(condition), features.Size, cancellation));

    private ISequenceCondition Condition(string name) => Conditions.ByName(name, config.Seed);

    private MeasuredFrames Measure(IReadOnlyList<ExperimentFrame> of, string name, string which, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        features.Measure(of, Condition(name), FeatureTable.SlotIn(cache, Condition(name), which), config.Seed, decibels: false, progress, cancellation);
}
