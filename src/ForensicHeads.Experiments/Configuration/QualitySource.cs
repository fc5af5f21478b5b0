namespace ForensicHeads.Experiments.Configuration;

/// <summary>The networks that measure the quality of made frames.</summary>
public sealed record QualitySource
{
    /// <summary>Judge of identity, whose features KID and FID are taken in: name of shipped weights or a path; null for none.</summary>
    public string? Judge { get; init; } = "identity-judge-64";

    /// <summary>Landmark finder: name of shipped weights or a path; null for none.</summary>
    public string? Landmarks { get; init; } = "landmarks-64";
}
