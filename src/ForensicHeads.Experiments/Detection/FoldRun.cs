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
/// <param name="size">Side of the frames in pixels.</param>
/// <param name="folder">Where features are kept.</param>
internal sealed class FoldRun(ExperimentConfig config, Fold fold, IReadOnlyList<ExperimentFrame> made, int size, string folder)
{
    // Every training frame comes as it is, and so many times under a random step.
    private const int AugmentedCopies = 2;

    private readonly ExperimentFrame[] frames = [.. made.Where(frame => !frame.IsSpare)];
    private readonly ExperimentFrame[] spares = [.. made.Where(frame => frame.IsSpare)];
    private readonly FeatureLayout layout = new(config.Families, size);

    private DetectorKind[] Kinds => [DetectorKind.Aware(config), .. config.Unaware ? [DetectorKind.Unaware] : Array.Empty<DetectorKind>()];

    /// <summary>Runs it and hands over what was scored.</summary>
    public void Run(FoldCollector collected, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var detection = new FoldDetection(config, fold, frames, layout);
        var test = detection.Of(SplitRole.Test, _ => true);
        using var augmented = config.Detector.Augment ? Augmented(detection, config.Seed, progress, cancellation) : null;
        for (var repetition = 0; repetition < config.DetectorSeeds; repetition++)
        {
            var seed = config.Seed + repetition;
            foreach (var name in config.Conditions)
            {
                cancellation.ThrowIfCancellationRequested();
                var measured = Measure(frames, name, "", progress, cancellation);
                var second = (spares, spares.Length == 0 ? [] : Measure(spares, name, "spare", progress, cancellation).Rows);
                foreach (var kind in Kinds)
                {
                    using var detector = detection.Fit(kind, [measured.Rows], seed);
                    var scores = detection.Apply(detector, name, measured.Rows, second);
                    collected.Add(repetition, kind.Name == DetectorNames.Aware && repetition == 0 ? scores with { Importance = detection.Importance(detector, measured.Rows, seed) } : scores);
                }

                if (repetition > 0) continue;
                if (augmented is not null) collected.Add(repetition, detection.Apply(augmented, name, measured.Rows, second));
                if (measured.BitsPerFrame is { } bits) collected.AddCompression(name, [.. test.Select(i => frames[i])], [.. test.Select(i => bits[i])]);
            }
        }

        Ladder(detection, collected, augmented, progress, cancellation);
        collected.Remember(detection, frames, folder);
        collected.AddTestFrames(test.Select(i => frames[i]));
    }

    // The step that stands in the conditions, too, is measured twice: there on all frames, here on those of the curve alone.
    private void Ladder(FoldDetection detection, FoldCollector collected, FittedDetector? augmented, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (config.LadderSteps.Count == 0) return;
        var clean = Measure(frames, RobustnessRow.Untouched, "", progress, cancellation).Rows;
        var chosen = detection.Of(SplitRole.Test, FoldDetection.IsFewShotOrReal);
        var fitted = Kinds.Select(kind => detection.Fit(kind, [clean], config.Seed)).ToArray();
        try
        {
            FittedDetector[] all = [.. fitted, .. augmented is null ? [] : new[] { augmented }];
            ExperimentFrame[] own = [.. chosen.Select(i => frames[i])];
            foreach (var (scores, bits) in new RobustnessRun(config.LadderSteps, config.Seed).Run(own, [.. chosen.Select(i => clean[i])], all, layout, folder, progress, cancellation))
            {
                collected.Add(scores);
                if (bits is not null && !config.Conditions.Contains(scores.Step)) collected.AddCompression(scores.Step, own, bits);
            }
        }
        finally
        {
            foreach (var detector in fitted) detector.Dispose();
        }
    }

    private FittedDetector Augmented(FoldDetection detection, long seed, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var tables = new List<float[][]> { Measure(frames, RobustnessRow.Untouched, "", progress, cancellation).Rows };
        for (var copy = 0; copy < AugmentedCopies; copy++)
        {
            var condition = new AugmentCondition(config.Seed, copy);
            tables.Add(FeatureTable.Measure(frames, condition, layout, FeatureTable.FileIn(folder, condition), config.Seed, decibels: false, progress, cancellation).Rows);
        }

        return detection.Fit(DetectorKind.Augmented(config), tables, seed);
    }

    private MeasuredFrames Measure(IReadOnlyList<ExperimentFrame> of, string name, string which, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var condition = Conditions.ByName(name, config.Seed);
        return FeatureTable.Measure(of, condition, layout, FeatureTable.FileIn(folder, condition, which), config.Seed, decibels: false, progress, cancellation);
    }
}
