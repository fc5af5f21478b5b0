namespace ForensicHeads.Experiments.Detection;

/// <summary>A detector that climbs the ladder.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Network">Its network; null where it has none.</param>
/// <param name="Clean">Features of the fold's frames as they are.</param>
internal sealed record LadderDetector(FittedDetector Detector, FoldNetwork? Network, FeatureTable Clean) : IDisposable
{
    public void Dispose()
    {
        Detector.Dispose();
        Network?.Dispose();
    }
}

/// <summary>
/// Scores few-shot and true frames of a fold's test people under each step of the robustness ladder by detectors that learnt from clean
/// ones (or from augmented ones): the step on both classes, and on each alone.
/// </summary>
/// <param name="config">The experiment.</param>
/// <param name="features">The columns.</param>
/// <param name="cache">Where features are kept.</param>
internal sealed class RobustnessRun(ExperimentConfig config, ExperimentFeatures features, ContentCache cache)
{
    private static readonly (string Name, Func<ExperimentFrame, bool> Takes)[] Sides =
        [(RobustnessRow.Both, _ => true), (RobustnessRow.Real, frame => frame.IsReal), (RobustnessRow.Generated, frame => !frame.IsReal)];

    /// <summary>Scores of one fold, and what codecs spent.</summary>
    /// <param name="frames">Few-shot and true frames of test people.</param>
    /// <param name="detectors">The detectors.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public (IReadOnlyList<RobustnessScores> Scores, IReadOnlyList<CodedFrame> Coded) Run(
        IReadOnlyList<ExperimentFrame> frames, IReadOnlyList<LadderDetector> detectors, IProgress<StepProgress>? progress,
            CancellationToken cancellation)
    {
        var (all, coded) = (new List<RobustnessScores>(), new List<CodedFrame>());
        var before = detectors.Select(one => one.Detector.Model.Score(one.Clean.Rows(frames))).ToArray();
        foreach (var (one, scores) in detectors.Zip(before))
        {
            var items = FoldDetection.Items(one.Detector.Scale, RobustnessRow.Untouched, frames, scores);
            all.Add(new RobustnessScores(RobustnessRow.Untouched, RobustnessRow.None, items, [], []));
        }

        foreach (var name in config.LadderSteps)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = FrameConditions.Step(name);
            var measured = features.Measure(frames, step, FeatureCache.SlotIn(cache, step, "ladder"), config.Seed, decibels: true, progress,
                cancellation);
            double[] Decibels(bool real) => [.. frames.Where(frame => frame.IsReal == real).Select(measured.DecibelsOf)];
            foreach (var (one, clean) in detectors.Zip(before))
            {
                var after =
                    one.Detector.Model.Score(measured.With(one.Network?.Measure(frames, step, features.Size, cancellation)).Rows(frames));
                foreach (var (side, takes) in Sides)
                {
                    var items = FoldDetection.Items(
                        one.Detector.Scale, name, frames, [.. frames.Select((frame, i) => takes(frame) ? after[i] : clean[i])]);
                    all.Add(new RobustnessScores(name, side, items, Decibels(true), Decibels(false)));
                }
            }

            // What stands in the conditions, too, was counted there, on all frames.
            if (measured.HasBits && !config.Conditions.Contains(name)) coded.AddRange(
                frames.Select(frame => new CodedFrame(name, frame, measured.BitsOf(frame))));
        }

        return (all, coded);
    }
}
