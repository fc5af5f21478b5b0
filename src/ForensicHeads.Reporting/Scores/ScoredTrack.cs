namespace ForensicHeads.Reporting.Scores;

/// <summary>One face of a scored file.</summary>
public sealed record ScoredTrack
{
    /// <summary>Its number and where it is seen, in words.</summary>
    public required string Title { get; init; }

    /// <summary>Its result in a sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>Times of the frames in seconds, ascending.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Logits of the frames.</summary>
    public required IReadOnlyList<float> Scores { get; init; }

    /// <summary>The calibrated range of scores; null without a calibrator.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Frames to look at.</summary>
    public IReadOnlyList<ScoredPicture> Pictures { get; init; } = [];

    /// <summary>Families and how far each moved the score, in logits.</summary>
    public IReadOnlyList<(string Family, double Shift)> Families { get; init; } = [];
}
