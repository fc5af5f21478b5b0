namespace ForensicHeads.Reporting.Protocols;

/// <summary>How a protocol samples clips and people.</summary>
public sealed record ProtocolOptions
{
    /// <summary>Most frames of a clip that are measured, evenly over it, or successive ones where a video codec is a condition; 1 … 1000. Default 24.</summary>
    public int FramesPerClip { get; init; } = 24;

    /// <summary>Fewest frames a clip must have in its store; shorter ones and photos are left out and counted; 1 … 1000. Default 8.</summary>
    public int LeastFrames { get; init; } = 8;

    /// <summary>Folds of real people, 2 … 100. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Seed of folds and trainers. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Updates of the retrained Meso-4 in every round of leave-one-generator-out, 0 … 1,000,000; 0 leaves this baseline out. Default 400.</summary>
    public int MesoSteps { get; init; } = 400;

    /// <summary>Checks every range and returns this.</summary>
    /// <exception cref="UserErrorException">A value outside its range.</exception>
    public ProtocolOptions Validated()
    {
        Check("--frames", FramesPerClip, 1, 1000);
        Check("--least-frames", LeastFrames, 1, 1000);
        Check("--folds", Folds, 2, 100);
        Check("--meso-steps", MesoSteps, 0, 1_000_000);
        return this;
    }

    private static void Check(string name, int value, int low, int high)
    {
        if (value < low || value > high) throw new UserErrorException($"{name} {value} is outside {low} … {high}; choose a value inside.", exitCode: 2);
    }
}
