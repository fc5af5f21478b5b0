namespace ForensicHeads.Detector.Conditions;

/// <summary><c>resize-half</c>: reduced to half the size by the area filter and enlarged again bilinearly.</summary>
public sealed class ResizeCondition : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => "resize-half";

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ImageResize.Area(ImageResize.Area(image, Math.Max(1, image.Width / 2), Math.Max(1, image.Height / 2)), image.Width, image.Height);
    }
}
