namespace ForensicHeads.Detector.Scoring;

/// <summary>How files are scored.</summary>
public sealed record ScoreOptions
{
    /// <summary>Limits on each file.</summary>
    public MediaLimits Limits { get; init; } = new();

    /// <summary>Tracks, the longest ones, of which key frames are kept and explained; 0 … 100. Default 0: none.</summary>
    public int ExplainedTracks { get; init; }

    /// <summary>Frames worked on at once, 1 … 64. Default: the number of processors.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value outside its range.</exception>
    public void Validate()
    {
        Limits.Validate();
        if (ExplainedTracks is < 0 or > 100) throw new UserErrorException($"{ExplainedTracks} explained tracks are outside 0 … 100; 4 is usual.", exitCode: 2);
        if (Workers is < 1 or > 64) throw new UserErrorException($"{Workers} workers are outside 1 … 64; 2 is usual.", exitCode: 2);
    }
}
