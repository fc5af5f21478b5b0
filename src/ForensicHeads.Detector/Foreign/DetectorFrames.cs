namespace ForensicHeads.Detector.Foreign;

/// <summary>Which frames of a clip a detector is asked about.</summary>
public sealed record DetectorFrames
{
    private const double MostSeconds = 3600;
    private const int MostFrames = 1_000_000;

    /// <summary>Seconds from one to the next, 0 … 3600; 0 for every frame.</summary>
    public required double EverySeconds { get; init; }

    /// <summary>Most frames of a clip, 1 … 1,000,000.</summary>
    public required int AtMost { get; init; }

    internal void Check(DetectorFileCheck check)
    {
        check.Between("frames.every_seconds", EverySeconds, 0, MostSeconds);
        check.Between("frames.at_most", AtMost, 1, MostFrames);
    }
}
