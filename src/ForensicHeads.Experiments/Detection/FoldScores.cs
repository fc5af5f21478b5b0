namespace ForensicHeads.Experiments.Detection;

/// <summary>A taught detector with its thresholds and its calibrator.</summary>
/// <param name="Entry">What it was told of.</param>
/// <param name="Model">The detector.</param>
/// <param name="Scale">Where its scores have their zero.</param>
internal sealed record FittedDetector(DetectorEntry Entry, IFrameDetector Model, DetectorScale Scale) : IDisposable
{
    public void Dispose() => Model.Dispose();
}

/// <summary>What turns a detector's logits into scored items.</summary>
/// <param name="Name">The detector's.</param>
/// <param name="FrameThreshold">Logit above which a frame counts as generated.</param>
/// <param name="VideoThreshold">Mean logit above which a video does.</param>
/// <param name="Calibrator">From a video's mean logit to a likelihood ratio; null for none.</param>
internal sealed record DetectorScale(string Name, double FrameThreshold, double VideoThreshold, VideoCalibrator? Calibrator)
{
    /// <summary>Thresholds from frames and videos of validation people, the calibrator from videos of calibration people.</summary>
    /// <param name="name">The detector's.</param>
    /// <param name="judged">Scored frames of the roles; several where they come in several forms, whose videos are not mixed.</param>
    /// <param name="average">How a video's frames become one score.</param>
    public static DetectorScale Fit(
        string name, IReadOnlyList<(IReadOnlyList<FrameScore> Validation, IReadOnlyList<FrameScore> Calibration)> judged,
        ClipAverage average = ClipAverage.Mean)
    {
        FrameScore[] frames = [.. judged.SelectMany(form => form.Validation)];
        VideoScore[] videos = [.. judged.SelectMany(form => VideoScore.Aggregate(form.Validation, average))];
        return new DetectorScale(name,
            OperatingPoint.Choose([.. frames.Select(one => one.Score)], [.. frames.Select(one => one.Generated)]).Threshold,
            OperatingPoint.Choose([.. videos.Select(one => one.Score)], [.. videos.Select(one => one.Generated)]).Threshold,
            VideoCalibrator.Fit([.. judged.SelectMany(form => VideoScore.Aggregate(form.Calibration, average))]));
    }
}

/// <summary>What one detector of a fold says of the test people under one condition.</summary>
/// <param name="Fold">Name of the fold.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Detector">The detector's name, thresholds and calibrator.</param>
/// <param name="Items">Test people's frames and videos; scores are shifted so that the thresholds lie at 0.</param>
/// <param name="SubjectAuc">Frame-level AUC of fine-tuned heads of all shot counts on validation people, for the choice of the headline's
/// condition.</param>
internal sealed record FoldScores(string Fold, string Condition, DetectorScale Detector, IReadOnlyList<ScoredItem> Items,
    double? SubjectAuc)
{
    /// <summary>Frames and videos of their second real sequences, shifted alike.</summary>
    public IReadOnlyList<ScoredItem> Spares { get; init; } = [];

    /// <summary>Families by importance on validation people; empty where not measured.</summary>
    public IReadOnlyList<FamilyImportance> Importance { get; init; } = [];
}

/// <summary>What a detector trained on one shot count of one mode and arm says of the test frames.</summary>
internal sealed record CrossShotScores(Method Mode, Arm? Arm, int TrainShots, IReadOnlyList<ScoredItem> Items);

/// <summary>What a codec spent on a frame of a test person.</summary>
/// <param name="Condition">The codec's condition.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Bits">Mean bits a frame of its sequence.</param>
internal sealed record CodedFrame(string Condition, ExperimentFrame Frame, float Bits);

/// <summary>A fold with its frames, before anything is detected in it.</summary>
/// <param name="Fold">Who has which role.</param>
/// <param name="Frames">True and made frames of everybody, without the spare sequences.</param>
/// <param name="Spares">Frames of the second real sequences.</param>
/// <param name="Cache">Where features and networks are kept.</param>
internal sealed record FoldFrames(Fold Fold, IReadOnlyList<ExperimentFrame> Frames, IReadOnlyList<ExperimentFrame> Spares,
    ContentCache Cache);

/// <summary>Everything that was detected in a fold.</summary>
internal sealed record FoldResult
{
    /// <summary>Every detector under every condition.</summary>
    public required IReadOnlyList<FoldScores> Scores { get; init; }

    /// <summary>Detectors that know the person with each number of references.</summary>
    public IReadOnlyList<SurfaceScores> Surface { get; init; } = [];

    /// <summary>What must be said beside their numbers.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What detectors of others did not score.</summary>
    public IReadOnlyList<FailureRow> Failures { get; init; } = [];

    /// <summary>Items of the trainings with each seed, the experiment's first; empty where there is one.</summary>
    public required IReadOnlyList<IReadOnlyList<ScoredItem>> Repeated { get; init; }

    /// <summary>The steps of the robustness ladder.</summary>
    public required IReadOnlyList<RobustnessScores> Ladder { get; init; }

    /// <summary>What video codecs spent.</summary>
    public required IReadOnlyList<CodedFrame> Coded { get; init; }

    /// <summary>How networks were taught, by condition.</summary>
    public required IReadOnlyList<(string Condition, FigureTable Curve)> Taught { get; init; }

    /// <summary>True and made frames of test people.</summary>
    public required IReadOnlyList<ExperimentFrame> TestFrames { get; init; }
}
