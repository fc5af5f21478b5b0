namespace ForensicHeads.Media;

/// <summary>What a file may ask of the machine before it is refused. Checked against the file's own claims before anything is decoded, and
/// again while decoding.</summary>
public sealed record MediaLimits
{
    /// <summary>Pixels of one frame, 1 … 1,000,000,000. Default 64,000,000.</summary>
    public long MaxPixels { get; init; } = 64_000_000;

    /// <summary>Frames of one video, at least 1. Default 500,000.</summary>
    public long MaxFrames { get; init; } = 500_000;

    /// <summary>Length of one video in seconds, above 0. Default 14,400 (four hours).</summary>
    public double MaxSeconds { get; init; } = 14_400;

    /// <summary>Size of one file in bytes, at least 1. Default 8 GiB.</summary>
    public long MaxBytes { get; init; } = 8L << 30;

    /// <summary>Faces followed at one time, 1 … 1,000. Default 16; more faces than that are left out, the least certain first.</summary>
    public int MaxFaces { get; init; } = 16;

    /// <summary>Memory of a decoding child process in bytes, 256 MiB … 1 TiB. Default 4 GiB; a decoder that wants more fails, and its file
    /// is partial or rejected. Linux only.</summary>
    public long MaxMemory { get; init; } = 4L << 30;

    /// <summary>Time for one pass over one file, 1 s … 1 day. Default 30 minutes; what hangs longer is stopped.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest silence of the decoder while a frame is awaited, 1 s … 1 hour. Default 30 seconds.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        Check(MaxPixels is >= 1 and <= 1_000_000_000, nameof(MaxPixels), MaxPixels, "1 … 1000000000", "64000000");
        Check(MaxFrames >= 1, nameof(MaxFrames), MaxFrames, "1 or more", "500000");
        Check(MaxSeconds > 0 && double.IsFinite(MaxSeconds), nameof(MaxSeconds), MaxSeconds, "above 0", "14400");
        Check(MaxBytes >= 1, nameof(MaxBytes), MaxBytes, "1 or more", "8589934592");
        Check(MaxFaces is >= 1 and <= 1000, nameof(MaxFaces), MaxFaces, "1 … 1000", "16");
        Check(MaxMemory is >= (256L << 20) and <= (1L << 40), nameof(MaxMemory), MaxMemory, "268435456 … 1099511627776", "4294967296");
        Check(TimeLimit >= TimeSpan.FromSeconds(1) && TimeLimit <= TimeSpan.FromDays(1), nameof(TimeLimit), TimeLimit,
            "00:00:01 … 1.00:00:00", "00:30:00");
        Check(StallLimit >= TimeSpan.FromSeconds(1) && StallLimit <= TimeSpan.FromHours(1), nameof(StallLimit), StallLimit,
            "00:00:01 … 01:00:00", "00:00:30");
    }

    private static void Check(bool holds, string name, object value, string range, string usual)
    {
        if (!holds) throw new UserErrorException(FormattableString.Invariant($"{name} {value} is outside {range}; {usual} is usual."), 2);
    }
}
