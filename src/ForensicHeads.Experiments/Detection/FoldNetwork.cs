using ForensicHeads.Detector;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Detection;

/// <summary>The network of one detector of a fold.</summary>
/// <param name="Family">The network that measures everybody but the training people.</param>
/// <param name="Rows">float32[65] by condition that it was taught under and frame; those of the frames it was taught on are out of fold.</param>
internal sealed record FoldNetwork(CnnFamily Family, IReadOnlyList<float[][]> Rows) : IDisposable
{
    /// <summary>Its looks at the validation people while it was taught; empty where a cache of an earlier version kept none.</summary>
    public IReadOnlyList<TrainingPoint> Curve { get; init; } = [];

    /// <summary>Features of frames that it was not taught on.</summary>
    public float[][] Measure(IReadOnlyList<ExperimentFrame> frames, ISequenceCondition condition, int size, CancellationToken cancellation) =>
        frames.Count == 0 ? [] : ConditionedFrames.Measure(frames, condition, FeatureLayout.Of([Family], size), null, null, decibels: false, null, cancellation).Rows;

    public void Dispose() => Family.Dispose();
}
