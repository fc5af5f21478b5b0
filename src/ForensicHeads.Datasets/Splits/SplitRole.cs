namespace ForensicHeads.Datasets.Splits;

/// <summary>What a person serves in an experiment; the five sets are disjoint.</summary>
public enum SplitRole
{
    /// <summary>Meta-learning of the generator, and nothing else.</summary>
    Generator,

    /// <summary>Training of the detector.</summary>
    Train,

    /// <summary>Thresholds, conditions and step caps.</summary>
    Validation,

    /// <summary>Fitting the calibrator.</summary>
    Calibration,

    /// <summary>The numbers that are reported.</summary>
    Test,
}
