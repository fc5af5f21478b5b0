namespace ForensicHeads.Media.Faces;

/// <summary>How faces are searched.</summary>
public sealed record FaceDetectorOptions
{
    /// <summary>Lowest score that counts as a face, 0 … 1. Default 0.7.</summary>
    public float MinConfidence { get; init; } = 0.7f;

    /// <summary>Boxes that overlap a better one by more than this intersection over union are dropped, 0 … 1. Default 0.3.</summary>
    public float MaxOverlap { get; init; } = 0.3f;

    /// <summary>Most faces reported per picture, at least 1. Default 16.</summary>
    public int MaxFaces { get; init; } = 16;

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        if (!(MinConfidence is > 0 and < 1)) throw new UserErrorException(FormattableString.Invariant($"MinConfidence {MinConfidence} is outside 0 … 1; 0.7 is usual."), 2);
        if (!(MaxOverlap is > 0 and < 1)) throw new UserErrorException(FormattableString.Invariant($"MaxOverlap {MaxOverlap} is outside 0 … 1; 0.3 is usual."), 2);
        if (MaxFaces < 1) throw new UserErrorException($"MaxFaces {MaxFaces} is below 1; 16 is usual.", 2);
    }
}
