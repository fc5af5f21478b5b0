namespace ForensicHeads.Detector.Conditions;

/// <summary><c>blur-S</c>: Gaussian blur of standard deviation S pixels.</summary>
/// <param name="sigma">In pixels, 1 or more.</param>
public sealed class BlurCondition(int sigma) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"blur-{sigma}");

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => ImageBlur.Gaussian(image, sigma);
}
