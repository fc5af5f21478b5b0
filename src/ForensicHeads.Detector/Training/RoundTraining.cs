namespace ForensicHeads.Detector.Training;

/// <summary>Teaches the detector anew for every round, as the one that is kept is taught, and scores what the round leaves out.</summary>
/// <param name="request">The training.</param>
/// <param name="frames">Its frames, those of copies among them.</param>
/// <param name="features">float32[frames][columns].</param>
/// <param name="facts">float64[frames][<see cref="TrainingRange.Columns"/>].</param>
/// <param name="columns">Names of the columns.</param>
internal sealed class RoundTraining(TrainingRequest request, IReadOnlyList<StoreFrame> frames, float[][] features, double[][] facts,
    IReadOnlyList<string> columns)
{
    private readonly string[] clips = [.. frames.Select(frame => frame.Clip)];

    /// <summary>What the rounds said of every frame that they left out, and how far the clips lay from those that taught.</summary>
    /// <param name="progress">Counts rounds.</param>
    /// <param name="cancellation">Stops between two rounds.</param>
    public RoundOutcome Run(IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var outcomes =
            new (IReadOnlyList<FrameScore> Frames, IReadOnlyList<(string Clip, double Distance)> Distances)[request.Rounds.Count];
        var done = 0;
        ParallelLoop.Run(outcomes.Length, r =>
        {
            outcomes[r] = Of(request.Rounds[r]);
            progress?.Report(new StepProgress("rounds", Interlocked.Increment(ref done), outcomes.Length, "rounds"));
        }, cancellation);
        return new RoundOutcome(
            [.. request.Rounds.Zip(outcomes).SelectMany(pair => VideoScore.Aggregate(pair.Second.Frames)
                .Select(video => new RoundVideo(pair.First.LeftOut, pair.First.Fold, video)))],
            [.. outcomes.SelectMany(outcome => outcome.Frames).GroupBy(frame => (frame.Video, frame.Key)).Select(same =>
                same.First() with { Score = same.Average(frame => frame.Score) })],
            [.. outcomes.SelectMany(outcome => outcome.Distances).GroupBy(one => one.Clip, StringComparer.Ordinal)
                .Select(same => same.Average(one => one.Distance))]);
    }

    /// <summary>The range of some clips' frames as they are.</summary>
    public TrainingRange Range(Func<string, bool> of) => TrainingRange.Of(
        [.. Unchanged(of).GroupBy(i => clips[i]).Select(clip => (frames[clip.First()].Record.Identity, Mean(clip)))]);

    private (IReadOnlyList<FrameScore>, IReadOnlyList<(string, double)>) Of(TrainingRound round)
    {
        using var detector = FrameDetector.Train(Rows(Enumerable.Range(0, clips.Length).Where(i => round.Train.Contains(clips[i]))),
            request.Options, columns);
        int[] tested = [.. Unchanged(round.Test.Contains)];
        var range = Range(round.Train.Contains);
        return (detector.Score(Rows(tested)),
            [.. tested.GroupBy(i => clips[i]).Select(clip => (clip.Key, range.Distance(Mean(clip))))]);
    }

    private LabelledFeatures[] Rows(IEnumerable<int> which) =>
        [.. which.Select(i => LabelledFeatures.Of(frames[i].Record, features[i]) with { Video = clips[i] })];

    private IEnumerable<int> Unchanged(Func<string, bool> of) =>
        Enumerable.Range(0, clips.Length).Where(i => frames[i].CopyOf is null && of(clips[i]));

    private double[] Mean(IEnumerable<int> clip)
    {
        int[] members = [.. clip];
        return [.. Enumerable.Range(0, TrainingRange.Columns.Count).Select(c => members.Average(i => facts[i][c]))];
    }
}

/// <summary>What the rounds of a training gave.</summary>
/// <param name="Videos">Every round's videos.</param>
/// <param name="Frames">Every frame once, with the mean of its rounds' scores.</param>
/// <param name="Distances">How far each clip lies from those that taught, once a clip.</param>
internal sealed record RoundOutcome(IReadOnlyList<RoundVideo> Videos, IReadOnlyList<FrameScore> Frames, IReadOnlyList<double> Distances);

/// <summary>One round of a protocol that leaves something out, for a detector that is calibrated on what it never learnt from.</summary>
/// <param name="LeftOut">The generator or collection left out.</param>
/// <param name="Fold">The fold of real people left out, from 0.</param>
/// <param name="Train">Names of the clips that teach (<see cref="ClipName"/>).</param>
/// <param name="Test">Names of the clips that are scored; none of them shares anything with one that teaches.</param>
public sealed record TrainingRound(string LeftOut, int Fold, IReadOnlySet<string> Train, IReadOnlySet<string> Test)
{
    /// <summary>Names of the clips that teach in some round.</summary>
    public static IReadOnlySet<string> Teaching(IEnumerable<TrainingRound> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        return rounds.SelectMany(round => round.Train).ToHashSet(StringComparer.Ordinal);
    }
}
