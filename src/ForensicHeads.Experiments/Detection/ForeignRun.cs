using System.Text.Json;

namespace ForensicHeads.Experiments.Detection;

/// <summary>Runs the detectors of others, in one fold: never taught, they get what ours get, a threshold from validation people and a
/// calibrator from calibration people.</summary>
/// <param name="config">The experiment.</param>
/// <param name="fold">The fold and its frames.</param>
/// <param name="detectors">The detectors; the caller's.</param>
internal sealed class ForeignRun(ExperimentConfig config, FoldFrames fold, IReadOnlyList<IForeignDetector> detectors)
{
    private const string CodeVersion = "foreign-1";
    private readonly Dictionary<string, FailureRow> failures = new(StringComparer.Ordinal);
    private readonly Dictionary<IForeignDetector, (DetectorScale Scale, Dictionary<ExperimentFrame, double?> Scores)> clean = [];

    /// <summary>What they did not score.</summary>
    public IReadOnlyList<FailureRow> Failures => [.. failures.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)];

    /// <summary>Those that could be given a threshold on clean frames, for the ladder.</summary>
    public IReadOnlyList<ILadderDetector> Climbers =>
        [.. clean.Select(one => new Climber(this, one.Key, one.Value.Scale, one.Value.Scores))];

    /// <summary>Scores the test people under a condition.</summary>
    public IReadOnlyList<FoldScores> Run(string condition, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var scored = new List<FoldScores>();
        foreach (var detector in detectors)
        {
            var name = detector.File.Name;
            ExperimentFrame[] asked = [.. fold.Frames.Where(frame =>
                Is(frame, SplitRole.Test) || (!Is(frame, SplitRole.Train) && FoldDetection.IsSubjectOrReal(frame))), .. fold.Spares];
            var scores = Scores(detector, asked, FrameConditions.ByName(condition, config.Seed), "", progress, cancellation);
            FrameScore[] Judged(SplitRole role) =>
                [.. fold.Frames.Where(frame => Is(frame, role) && FoldDetection.IsSubjectOrReal(frame) && scores[frame] is not null)
                    .Select(frame => new FrameScore(
                        frame.Record.Key, frame.Record.Identity, frame.Record.Video, frame.Origin, scores[frame]!.Value))];
            var (validation, calibration) = (Judged(SplitRole.Validation), Judged(SplitRole.Calibration));
            if (new[] { validation, calibration }.Any(role => role.All(one => one.Generated) || !role.Any(one => one.Generated)))
            {
                Fail(name, condition, 0, "it scored too few true or made frames of validation and calibration people for a threshold");
                continue;
            }

            var scale = DetectorScale.Fit(name, [(validation, calibration)], detector.File.VideoScore);
            if (condition == FrameConditions.Clean) clean[detector] = (scale, scores);
            IReadOnlyList<ScoredItem> Items(IEnumerable<ExperimentFrame> of)
            {
                ExperimentFrame[] frames = [.. of.Where(frame => scores[frame] is not null)];
                return FoldDetection.Items(
                    scale, condition, frames, [.. frames.Select(frame => (float)scores[frame]!.Value)], detector.File.VideoScore);
            }

            scored.Add(new FoldScores(fold.Fold.Name, condition, scale, Items(fold.Frames.Where(frame => Is(frame, SplitRole.Test))), null)
            {
                Spares = Items(fold.Spares),
            });
        }

        return scored;
    }

    private bool Is(ExperimentFrame frame, SplitRole role) => fold.Fold.Roles[frame.Record.Identity] == role;

    private Dictionary<ExperimentFrame, double?> Scores(IForeignDetector detector, ExperimentFrame[] frames, ISequenceCondition condition,
        string which, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var name = detector.File.Name;
        var key = Hashes.OfText(string.Join('\n', new[] { CodeVersion, detector.Sha256, condition.Name, $"{config.Seed}" }
            .Concat(frames.Select(frame => frame.Record.Key))
            .Concat(frames.Select(frame => frame.Store.ContentHash).Distinct(StringComparer.Ordinal))));
        var slot = fold.Cache.Slot($"foreign-{PathPart.Of($"{name}-{condition.Name}{which}")}.cached");
        var kept = slot.Find(key) is { } bytes ? JsonSerializer.Deserialize<Kept>(bytes.Span, CanonicalJson.Line)! : null;
        if (kept is null)
        {
            kept = Ask(detector, frames, condition, progress, cancellation);
            slot.Keep(key, JsonSerializer.SerializeToUtf8Bytes(kept, CanonicalJson.Line));
        }

        foreach (var (reason, count) in kept.Failed) Fail(name, condition.Name + which, count, reason);
        if (kept.Scores.Count(score => score is null) - kept.Failed.Values.Sum() is > 0 and var without)
            Fail(name, condition.Name + which, without, "it gave no score for these frames");
        return frames.Zip(kept.Scores).ToDictionary(
            one => one.First, one => one.Second, (IEqualityComparer<ExperimentFrame>)ReferenceEqualityComparer.Instance);
    }

    private Kept Ask(IForeignDetector detector, ExperimentFrame[] frames, ISequenceCondition condition,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var (failed, done) = (new SortedDictionary<string, int>(StringComparer.Ordinal), 0);
        var size = frames.Length == 0 ? 0 : frames[0].Store.Info.Size;
        var rows = ConditionedFrames.Each(frames, condition, size, (part, pictures) =>
        {
            // Whole sequences come one after the other.
            var clips = part.Zip(pictures).GroupBy(one => one.First.Sequence)
                .Select(clip => clip.Select(one => Sample(one.First, one.Second)).ToArray()).ToArray();
            double?[] scores;
            try
            {
                scores = [.. detector.Score(clips, cancellation).SelectMany(clip => clip)];
            }
            catch (JobFailedException error)
            {
                failed[error.Message] = failed.GetValueOrDefault(error.Message) + part.Count;
                scores = new double?[part.Count];
            }

            done += part.Count;
            progress?.Report(new StepProgress($"{detector.File.Name} ({condition.Name})", done, frames.Length, "frames"));
            return [.. scores.Select(score => new[] { (float)(score ?? double.NaN) })];
        }, cancellation);
        return new Kept([.. rows.Select(row => float.IsNaN(row[0]) ? (double?)null : row[0])], failed);
    }

    private static ForeignSample Sample(ExperimentFrame frame, RgbImage picture) =>
        new(frame.Record.Key, picture, frame.Record.Landmarks)
        {
            SourceSha256 = frame.Record.SourceSha256,
            FileName = frame.Record.Video,
        };

    private void Fail(string name, string job, int frames, string reason) => failures[$"{name}\n{job}\n{reason}"] =
        new FailureRow { Name = name, Job = $"{fold.Fold.Name}, {job}", Frames = frames, Reason = reason };

    private sealed record Kept(IReadOnlyList<double?> Scores, IReadOnlyDictionary<string, int> Failed);

    private sealed class Climber(ForeignRun run, IForeignDetector detector, DetectorScale scale,
        Dictionary<ExperimentFrame, double?> clean) : ILadderDetector
    {
        public DetectorScale Scale => scale;

        public ClipAverage Average => detector.File.VideoScore;

        public IReadOnlyList<float?> Clean(IReadOnlyList<ExperimentFrame> frames) => [.. frames.Select(frame => (float?)clean[frame])];

        public IReadOnlyList<float?> Under(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition step, FeatureTable measured,
            IProgress<StepProgress>? progress, CancellationToken cancellation)
        {
            var scores = run.Scores(detector, [.. frames], step, " (ladder)", progress, cancellation);
            return [.. frames.Select(frame => (float?)scores[frame])];
        }
    }
}
