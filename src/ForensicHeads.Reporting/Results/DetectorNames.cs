namespace ForensicHeads.Reporting.Results;

/// <summary>The detectors of an experiment by name.</summary>
public static class DetectorNames
{
    /// <summary>Learnt from the few-shot generator's frames, under the tested condition.</summary>
    public const string Aware = "aware";

    /// <summary>Learnt from self-blended images and the auto-encoder alone, under the tested condition.</summary>
    public const string Unaware = "unaware";

    /// <summary>Learnt from the few-shot generator's clean frames and from the same under random steps of the robustness ladder.</summary>
    public const string Augmented = "aware-augmented";
}
