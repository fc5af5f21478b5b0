namespace ForensicHeads.Media.Tracking;

/// <summary>How faces are followed and cut out.</summary>
public sealed record FaceCropperOptions
{
    /// <summary>Limits on each file.</summary>
    public MediaLimits Limits { get; init; } = new();

    /// <summary>Side of the crops in pixels, 16 … 4096. Default 256.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Most frames a second that are looked at, 0 … 1000; 0 takes all. Default 0.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Distance from chin to brows as a share of the crop's height, 0.2 … 1. Default 0.55: the whole head with some hair and neck.</summary>
    public double FaceShare { get; init; } = 0.55;

    /// <summary>Height of the middle between chin and brows in the crop, as a share from the top, 0 … 1. Default 0.56.</summary>
    public double FaceCentre { get; init; } = 0.56;

    /// <summary>Landmarks less sure than this are no face, 0 … 1. Default 0.5.</summary>
    public double MinConfidence { get; init; } = 0.5;

    /// <summary>Tracks whose landmarks are on average less sure than this are no face, 0 … 1. Default 0.68: patterns that pass for a face stay below, broken faces above.</summary>
    public double MinTrackConfidence { get; init; } = 0.68;

    /// <summary>Faces smaller than this from chin to brows are left out, in source pixels, at least 1. Default 24.</summary>
    public double MinFaceHeight { get; init; } = 24;

    /// <summary>A face that returns within this many seconds is the same track, 0 … 10. Default 0.5.</summary>
    public double MaxGapSeconds { get; init; } = 0.5;

    /// <summary>Tracks of a video shorter than this are left out, in seconds, 0 … 60. Default 0.2.</summary>
    public double MinTrackSeconds { get; init; } = 0.2;

    /// <summary>Deviation of the Gaussian that smooths the crop's centre, in seconds, 0 … 10. The size takes twice this. Default 0.25.</summary>
    public double CropSmoothing { get; init; } = 0.25;

    /// <summary>Deviation of the Gaussian that smooths the landmarks, in seconds, 0 … 10; 0 leaves them as measured. Default 0.</summary>
    public double LandmarkSmoothing { get; init; }

    /// <summary>Frames worked on at once, 1 … 64. Default: the number of processors.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        Limits.Validate();
        Check(nameof(Size), Size, 16, 4096, 256);
        Check(nameof(FramesPerSecond), FramesPerSecond, 0, 1000, 0);
        Check(nameof(FaceShare), FaceShare, 0.2, 1, 0.55);
        Check(nameof(FaceCentre), FaceCentre, 0, 1, 0.56);
        Check(nameof(MinConfidence), MinConfidence, 0, 1, 0.5);
        Check(nameof(MinTrackConfidence), MinTrackConfidence, 0, 1, 0.68);
        Check(nameof(MinFaceHeight), MinFaceHeight, 1, 10_000, 24);
        Check(nameof(MaxGapSeconds), MaxGapSeconds, 0, 10, 0.5);
        Check(nameof(MinTrackSeconds), MinTrackSeconds, 0, 60, 0.2);
        Check(nameof(CropSmoothing), CropSmoothing, 0, 10, 0.25);
        Check(nameof(LandmarkSmoothing), LandmarkSmoothing, 0, 10, 0);
        Check(nameof(Workers), Workers, 1, 64, 2);
    }

    private static void Check(string name, double value, double low, double high, double usual)
    {
        if (!(value >= low && value <= high)) throw new UserErrorException(FormattableString.Invariant($"{name} {value} is outside {low} … {high}; {usual} is usual."), 2);
    }
}
