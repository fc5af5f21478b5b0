namespace ForensicHeads.Datasets.Audit;

/// <summary>What near-duplicate frames in two roles mean.</summary>
public enum NearDuplicateRule
{
    /// <summary>They stop the run.</summary>
    Stop,

    /// <summary>They are reported: rendered heads before plain backgrounds may look alike without being the same person.</summary>
    Report,

    /// <summary>They are not looked for.</summary>
    Ignore,
}
