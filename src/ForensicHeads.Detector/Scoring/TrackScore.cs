namespace ForensicHeads.Detector.Scoring;

/// <summary>What a detector says of one face.</summary>
public sealed record TrackScore
{
    /// <summary>From 0, in order of first appearance.</summary>
    public required int Track { get; init; }

    /// <summary>Number of the first frame, from 0.</summary>
    public required int FirstFrame { get; init; }

    /// <summary>Number of the last frame.</summary>
    public required int LastFrame { get; init; }

    /// <summary>Frames scored; fewer than last − first + 1 where the face was out of sight.</summary>
    public required int Frames { get; init; }

    /// <summary>Box around the landmarks, the median over the frames, in source pixels.</summary>
    public required TrackBox Box { get; init; }

    /// <summary>Side of the crop in source pixels, the median over the frames.</summary>
    public required double CropSide { get; init; }

    /// <summary>Mean logit of the frames.</summary>
    public required double Score { get; init; }

    /// <summary>Standard deviation of the frames' logits, dividing by n.</summary>
    public required double Spread { get; init; }

    /// <summary>log10 likelihood ratio, bounded; null for a single frame or without a calibrator.</summary>
    public double? Llr { get; init; }

    /// <summary>As for the file.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why the verdict is inconclusive or missing; null otherwise.</summary>
    public string? VerdictReason { get; init; }

    /// <summary>Every frame's score.</summary>
    public required ScoreSeries Series { get; init; }

    /// <summary>The families that moved the score most, at most five, largest first; empty for detectors without a reference.</summary>
    public IReadOnlyList<FamilyShift> Families { get; init; } = [];
}
