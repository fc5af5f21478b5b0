namespace ForensicHeads.Detector.Conditions;

/// <summary><c>noise-S</c>: independent Gaussian noise of standard deviation S grey levels (of 255) on every channel, another draw for each frame.</summary>
/// <param name="sigma">In grey levels, 1 or more.</param>
public sealed class NoiseCondition(int sigma) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"noise-{sigma}");

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName)
    {
        ArgumentNullException.ThrowIfNull(image);
        var random = new SeededRandom(sigma, "noise/" + frameName);
        return PixelMap.Of(image, value => value + random.Gaussian(0, sigma));
    }
}
