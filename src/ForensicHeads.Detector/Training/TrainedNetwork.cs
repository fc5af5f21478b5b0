namespace ForensicHeads.Detector.Training;

/// <summary>A trained network with the history of its training.</summary>
public sealed record TrainedNetwork
{
    /// <summary>The network of the best step, as ONNX.</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>The looks at the validation people, in order; one at the end where there were none.</summary>
    public required IReadOnlyList<TrainingPoint> Curve { get; init; }

    /// <summary>The point that was kept: highest validation AUC, among equals the lowest validation loss.</summary>
    public required TrainingPoint Best { get; init; }
}

/// <summary>A look at a network in training.</summary>
/// <param name="Step">Updates so far.</param>
/// <param name="Loss">Mean training loss since the last look.</param>
/// <param name="ValidationAuc">Area under the ROC curve over the frames of validation people; null without them.</param>
/// <param name="ValidationLoss">Cross entropy over the same frames, classes weighing the same, nats; null without them.</param>
public sealed record TrainingPoint(int Step, double Loss, double? ValidationAuc, double? ValidationLoss);
