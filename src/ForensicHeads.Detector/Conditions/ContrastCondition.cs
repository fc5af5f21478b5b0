namespace ForensicHeads.Detector.Conditions;

/// <summary><c>contrast-up-20</c>, <c>contrast-down-20</c>: every value's distance to the picture's mean times 1 ± share.</summary>
/// <param name="percent">Change in percent, −100 … 100, not 0.</param>
public sealed class ContrastCondition(int percent) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => PixelMap.NameOf("contrast", percent);

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName)
    {
        ArgumentNullException.ThrowIfNull(image);
        var mean = image.Pixels.Average(value => (double)value);
        return PixelMap.Of(image, value => mean + ((value - mean) * (1 + (percent / 100.0))));
    }
}
