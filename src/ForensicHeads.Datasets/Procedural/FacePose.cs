namespace ForensicHeads.Datasets.Procedural;

/// <summary>What moves from frame to frame. Angles in radians; the rest 0 (at rest) … 1 (fully), both signs where noted.</summary>
internal readonly record struct FacePose
{
    public float Yaw { get; init; }
    public float Pitch { get; init; }
    public float Roll { get; init; }
    public float ShiftX { get; init; }
    public float ShiftY { get; init; }
    public float Zoom { get; init; }
    public float GazeX { get; init; }
    public float GazeY { get; init; }
    public float Blink { get; init; }
    public float MouthOpen { get; init; }

    /// <summary>−1 wide … 1 rounded.</summary>
    public float Round { get; init; }
    public float Smile { get; init; }

    /// <summary>−1 lowered … 1 raised.</summary>
    public float Brow { get; init; }
    public float Frown { get; init; }
}
