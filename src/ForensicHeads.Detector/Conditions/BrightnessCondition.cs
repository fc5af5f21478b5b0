namespace ForensicHeads.Detector.Conditions;

/// <summary><c>brightness-up-20</c>, <c>brightness-down-20</c>: every value times 1 ± share.</summary>
/// <param name="percent">Change in percent, −100 … 100, not 0.</param>
public sealed class BrightnessCondition(int percent) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => PixelMap.NameOf("brightness", percent);

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => PixelMap.Of(image, value => value * (1 + (percent / 100.0)));
}
