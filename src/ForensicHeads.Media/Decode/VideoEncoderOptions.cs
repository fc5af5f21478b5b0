namespace ForensicHeads.Media.Decode;

/// <summary>How H.264 is written.</summary>
public sealed record VideoEncoderOptions
{
    /// <summary>Constant rate factor of x264, 0 (lossless) … 51 (worst). Default 18.</summary>
    public int Crf { get; init; } = 18;

    /// <summary>Speed preset of x264. Default <c>medium</c>.</summary>
    public string Preset { get; init; } = "medium";

    /// <summary>Frames per second, above 0 and at most 1,000. Default 25.</summary>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>A comment for the container's metadata, or null. Default null: no metadata at all.</summary>
    public string? Comment { get; init; }

    /// <summary>Time for the whole encode. Default 2 hours.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(2);

    private static readonly string[] Presets = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"];

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        if (Crf is < 0 or > 51) throw new UserErrorException($"Crf {Crf} is outside 0 … 51; 18 is usual.", 2);
        if (!Presets.Contains(Preset)) throw new UserErrorException($"Preset {Preset} is none of {string.Join(", ", Presets)}.", 2);
        if (!(FramesPerSecond is > 0 and <= 1000)) throw new UserErrorException(FormattableString.Invariant($"{FramesPerSecond} frames per second are outside 0 … 1000; 25 is usual."), 2);
    }
}
