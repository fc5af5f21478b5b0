using ForensicHeads.Datasets;
using ForensicHeads.Detector;
using ForensicHeads.Foundation;
using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Experiments.Detection;

/// <summary>
/// Scores few-shot and true frames of a fold's test people under each step of the robustness ladder by detectors that learnt from clean ones (or from
/// augmented ones): the step on both classes, and on each alone.
/// </summary>
/// <param name="steps">Names of the steps.</param>
/// <param name="seed">The experiment's.</param>
internal sealed class RobustnessRun(IReadOnlyList<string> steps, long seed)
{
    /// <summary>Scores of one fold.</summary>
    /// <param name="frames">Few-shot and true frames of test people.</param>
    /// <param name="detectors">The detectors, with the features of these frames as they are.</param>
    /// <param name="features">The columns.</param>
    /// <param name="cache">Where features are kept.</param>
    /// <param name="progress">Counts frames.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public IEnumerable<(RobustnessScores Scores, float[]? Bits)> Run(
        IReadOnlyList<ExperimentFrame> frames, IReadOnlyList<LadderDetector> detectors, ExperimentFeatures features, ContentCache cache, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var before = detectors.Select(one => one.Detector.Model.Score(one.Clean)).ToArray();
        foreach (var (detector, scores) in detectors.Zip(before))
            yield return (new RobustnessScores(RobustnessRow.Untouched, RobustnessRow.None, FoldDetection.Items(detector.Detector, RobustnessRow.Untouched, frames, scores), [], []), null);
        foreach (var name in steps)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = RobustnessLadder.Step(name);
            var measured = features.Measure(frames, step, FeatureTable.SlotIn(cache, step, "ladder"), seed, decibels: true, progress, cancellation);
            double[] Decibels(bool real) => [.. frames.Select((frame, i) => (frame.IsReal, Value: (double)measured.Decibels![i])).Where(entry => entry.IsReal == real).Select(entry => entry.Value)];
            for (var d = 0; d < detectors.Count; d++)
            {
                var after = detectors[d].Detector.Model.Score(ExperimentFeatures.Join(measured.Rows, detectors[d].Network?.Measure(frames, step, features.Size, cancellation)));
                foreach (var (appliedTo, takes) in new (string, Func<ExperimentFrame, bool>)[] { (RobustnessRow.Both, _ => true), (RobustnessRow.Real, frame => frame.IsReal), (RobustnessRow.Generated, frame => !frame.IsReal) })
                {
                    var mixed = frames.Select((frame, i) => takes(frame) ? after[i] : before[d][i]).ToArray();
                    yield return (new RobustnessScores(name, appliedTo, FoldDetection.Items(detectors[d].Detector, name, frames, mixed), Decibels(true), Decibels(false)), d == 0 && appliedTo == RobustnessRow.Both ? measured.BitsPerFrame : null);
                }
            }
        }
    }
}
