namespace ForensicHeads.Experiments.Detection;

/// <summary>A detector that climbs the ladder, with its thresholds from clean frames.</summary>
internal interface ILadderDetector
{
    /// <summary>Where its scores have their zero.</summary>
    DetectorScale Scale { get; }

    /// <summary>How a video's frames become one score.</summary>
    ClipAverage Average { get; }

    /// <summary>Scores of frames as they are; null where it could not tell.</summary>
    IReadOnlyList<float?> Clean(IReadOnlyList<ExperimentFrame> frames);

    /// <summary>Scores of frames under a step.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="step">The step.</param>
    /// <param name="measured">Our features of them under it.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    IReadOnlyList<float?> Under(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition step, FeatureTable measured,
        IProgress<StepProgress>? progress, CancellationToken cancellation);
}

/// <summary>One of ours on the ladder.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Network">Its network; null where it has none.</param>
/// <param name="Clean">Features of the fold's frames as they are.</param>
internal sealed record LadderDetector(FittedDetector Detector, FoldNetwork? Network, FeatureTable Clean)
    : ILadderDetector, IDisposable
{
    public DetectorScale Scale => Detector.Scale;

    public ClipAverage Average => ClipAverage.Mean;

    IReadOnlyList<float?> ILadderDetector.Clean(IReadOnlyList<ExperimentFrame> frames) =>
        [.. Detector.Model.Score(Clean.Rows(frames)).Select(score => (float?)score)];

    public IReadOnlyList<float?> Under(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition step, FeatureTable measured,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var rows = measured.With(Network?.Measure(frames, step, frames.Count == 0 ? 0 : frames[0].Store.Info.Size, cancellation));
        return [.. Detector.Model.Score(rows.Rows(frames)).Select(score => (float?)score)];
    }

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
        IReadOnlyList<ExperimentFrame> frames, IReadOnlyList<ILadderDetector> detectors, IProgress<StepProgress>? progress,
            CancellationToken cancellation)
    {
        var (all, coded) = (new List<RobustnessScores>(), new List<CodedFrame>());
        var before = detectors.Select(one => one.Clean(frames)).ToArray();
        foreach (var (one, scores) in detectors.Zip(before))
            all.Add(new RobustnessScores(RobustnessRow.Untouched, RobustnessRow.None, Items(one, RobustnessRow.Untouched, frames, scores),
                [], []));

        foreach (var name in config.LadderSteps)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = FrameConditions.Step(name);
            var measured = features.Measure(frames, step, FeatureCache.SlotIn(cache, step, "ladder"), config.Seed, decibels: true, progress,
                cancellation);
            double[] Decibels(bool real) => [.. frames.Where(frame => frame.IsReal == real).Select(measured.DecibelsOf)];
            foreach (var (one, clean) in detectors.Zip(before))
            {
                var after = one.Under(frames, step, measured, progress, cancellation);
                foreach (var (side, takes) in Sides)
                {
                    var items = Items(one, name, frames, [.. frames.Select((frame, i) => takes(frame) ? after[i] : clean[i])]);
                    all.Add(new RobustnessScores(name, side, items, Decibels(true), Decibels(false)));
                }
            }

            // What stands in the conditions, too, was counted there, on all frames.
            if (measured.HasBits && !config.Conditions.Contains(name)) coded.AddRange(
                frames.Select(frame => new CodedFrame(name, frame, measured.BitsOf(frame))));
        }

        return (all, coded);
    }

    private static IReadOnlyList<ScoredItem> Items(ILadderDetector one, string name, IReadOnlyList<ExperimentFrame> frames,
        IReadOnlyList<float?> scores)
    {
        int[] known = [.. Enumerable.Range(0, frames.Count).Where(i => scores[i] is not null)];
        return FoldDetection.Items(
            one.Scale, name, [.. known.Select(i => frames[i])], [.. known.Select(i => scores[i]!.Value)], one.Average);
    }
}
