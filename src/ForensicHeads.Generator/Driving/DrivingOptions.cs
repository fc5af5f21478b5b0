namespace ForensicHeads.Generator.Driving;

/// <summary>How a driver's landmarks reach the head.</summary>
public enum LandmarkFit
{
    /// <summary>As they are: the head takes on the driver's proportions.</summary>
    None,

    /// <summary>Fitted to the face shape that the shots show.</summary>
    Shape,
}

/// <summary>What is done to a driver's landmarks before they drive a head.</summary>
public sealed record DrivingOptions
{
    /// <summary>The usual <see cref="SmoothSeconds"/> where landmarks were measured, which tremble.</summary>
    public const double UsualSmoothing = 0.08;

    /// <summary>The usual <see cref="MaxGapSeconds"/> of an export.</summary>
    public const double UsualGap = 0.5;

    /// <summary>Whether they are fitted to the target's face. Default: no.</summary>
    public LandmarkFit Fit { get; init; } = LandmarkFit.None;

    /// <summary>Deviation of the Gaussian over time that smooths them, seconds, 0 … 1; 0 leaves them. Default 0.</summary>
    public double SmoothSeconds { get; init; }

    /// <summary>Longest run of missing frames that is filled in by interpolation, seconds, 0 … 5; longer ones are left out. Default 0: none
    /// is filled in.</summary>
    public double MaxGapSeconds { get; init; }

    /// <summary>Only the first so many frames drive; the driver's shape is taken from all. 0, the default, takes all.</summary>
    public int MaxFrames { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public DrivingOptions Validated()
    {
        if (!(SmoothSeconds is >= 0 and <= 1)) throw new UserErrorException(FormattableString.Invariant(
            $"Smoothing over {SmoothSeconds} s is outside 0 … 1; {UsualSmoothing} is usual, 0 leaves the landmarks as they are."), 2);
        if (MaxFrames < 0) throw new UserErrorException($"--max-frames is {MaxFrames}; allowed is 0 (all) or more.", exitCode: 2);
        if (!(MaxGapSeconds is >= 0 and <= 5)) throw new UserErrorException(FormattableString.Invariant(
            $"A longest gap of {MaxGapSeconds} s is outside 0 … 5; {UsualGap} is usual, 0 fills none."), 2);
        return this;
    }
}

/// <summary>What was done to a driver's landmarks, for the sidecar.</summary>
/// <param name="Fit">Whether they were fitted to the target's face.</param>
/// <param name="SmoothSeconds">Deviation of the smoothing over time, seconds; 0 for none.</param>
/// <param name="Interpolated">Runs of frames without a face that were filled in from their neighbours.</param>
/// <param name="LeftOut">Runs of frames without a face that are missing from the output.</param>
public sealed record DrivingRecord(
    LandmarkFit Fit, double SmoothSeconds, IReadOnlyList<FrameRun> Interpolated, IReadOnlyList<FrameRun> LeftOut);
