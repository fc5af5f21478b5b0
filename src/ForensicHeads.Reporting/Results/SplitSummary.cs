namespace ForensicHeads.Reporting.Results;

/// <summary>How many people each role has.</summary>
public sealed record SplitSummary
{
    /// <summary>Name of the split file.</summary>
    public string? Name { get; init; }

    /// <summary>Its seed.</summary>
    public long Seed { get; init; }

    /// <summary>People of the generator's meta-training.</summary>
    public int Generator { get; init; }

    /// <summary>People the detector learnt from.</summary>
    public int Train { get; init; }

    /// <summary>People of threshold, condition and step caps.</summary>
    public int Validation { get; init; }

    /// <summary>People of the calibrator.</summary>
    public int Calibration { get; init; }

    /// <summary>People of every number reported.</summary>
    public int Test { get; init; }

    /// <summary>True where the generator and the detector learnt from the same people (too few for five roles).</summary>
    public bool GeneratorEqualsTrain { get; init; }

    /// <summary>Hash of the split file, or null.</summary>
    public string? Sha256 { get; init; }
}
