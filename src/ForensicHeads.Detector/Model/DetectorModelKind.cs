namespace ForensicHeads.Detector.Model;

/// <summary>The trainer behind a detector.</summary>
public enum DetectorModelKind
{
    /// <summary>Gradient-boosted trees (Ke et al. 2017) in deterministic mode.</summary>
    LightGbm,

    /// <summary>Logistic regression with an L2 penalty, fitted by limited-memory BFGS.</summary>
    LogisticRegression,

    /// <summary>Random forest (Breiman 2001).</summary>
    FastForest,
}
