namespace ForensicHeads.Detector.Training;

/// <summary>How a network of the detector is trained.</summary>
public sealed record NetworkTrainingOptions
{
    /// <summary>Seed of the first weights and of every draw. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Updates, 1 … 1,000,000. Default 600.</summary>
    public int Steps { get; init; } = 600;

    /// <summary>Pairs of a real and a generated frame in an update, 1 … 1024. Default 16.</summary>
    public int Pairs { get; init; } = 16;

    /// <summary>Highest learning rate of Adam, above 0 up to 0.1. Default 0.002.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Updates between two looks at the validation people, 1 … 100,000. Default 50.</summary>
    public int ValidateEvery { get; init; } = 50;

    /// <summary>Most validation frames of a class that are looked at, evenly spread, 1 … 1,000,000. Default 256.</summary>
    public int ValidationFrames { get; init; } = 256;

    /// <summary>Whether half the frames are mirrored left to right. Default true.</summary>
    public bool Flips { get; init; } = true;

    /// <summary>Share of the side that a random crop leaves out, 0 … 0.5. Crops start at even pixels, so that 2×2 blocks stay whole. Default 0.125.</summary>
    public double CropShare { get; init; } = 0.125;

    /// <summary>Share of the frames, of both classes alike, that go through JPEG of a quality drawn from 30 … 95; 0 … 1. Default 0.</summary>
    public double JpegShare { get; init; }

    /// <summary>Checks every range and returns this.</summary>
    /// <exception cref="UserErrorException">A value outside its range.</exception>
    public NetworkTrainingOptions Validated()
    {
        Check(nameof(Steps), Steps, 1, 1_000_000);
        Check(nameof(Pairs), Pairs, 1, 1024);
        Check(nameof(Rate), Rate, 1e-9, 0.1);
        Check(nameof(ValidateEvery), ValidateEvery, 1, 100_000);
        Check(nameof(ValidationFrames), ValidationFrames, 1, 1_000_000);
        Check(nameof(CropShare), CropShare, 0, 0.5);
        Check(nameof(JpegShare), JpegShare, 0, 1);
        return this;
    }

    private static void Check(string name, double value, double low, double high)
    {
        if (value >= low && value <= high) return;
        throw new UserErrorException(FormattableString.Invariant($"{name} {value} is outside {low} … {high}; change it in the network's training options."), exitCode: 2);
    }
}
