namespace ForensicHeads.Detector.Training;

/// <summary>Features of training frames by networks that never saw their people, and the network for everybody else.</summary>
public sealed record OutOfFoldFeatures
{
    /// <summary>float32[frames][65], in the order of the frames: logit and aligned penultimate vector.</summary>
    public required IReadOnlyList<float[]> Rows { get; init; }

    /// <summary>The network of all training people; its features go to people outside the training alone.</summary>
    public required TrainedNetwork Network { get; init; }

    /// <summary>The networks of the folds.</summary>
    public required IReadOnlyList<TrainedNetwork> Folds { get; init; }

    /// <summary>Fold of each frame.</summary>
    public required IReadOnlyList<int> FoldOf { get; init; }

    /// <summary>AUC of the out-of-fold logits of each fold, what a new person may expect; null where a fold lacks a class.</summary>
    public required IReadOnlyList<double?> FoldAucs { get; init; }
}
