namespace ForensicHeads.Detector.Conditions;

/// <summary><c>clean</c>: the picture as it is.</summary>
public sealed class CleanCondition : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => "clean";

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => image;
}
