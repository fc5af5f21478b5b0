namespace ForensicHeads.Cli.Scoring;

/// <summary>The trainers as the command line names them.</summary>
internal enum TrainerName
{
    /// <summary>Gradient-boosted trees.</summary>
    LightGbm = DetectorModelKind.LightGbm,

    /// <summary>Logistic regression.</summary>
    Logistic = DetectorModelKind.LogisticRegression,

    /// <summary>Random forest.</summary>
    FastForest = DetectorModelKind.FastForest,
}
