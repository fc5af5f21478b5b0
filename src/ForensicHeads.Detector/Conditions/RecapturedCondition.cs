namespace ForensicHeads.Detector.Conditions;

/// <summary>
/// <c>recaptured</c>: every video, true or made, filmed by one random camera of its own (blur, sensor noise, demosaicing, JPEG), so
/// that true frames are not told by their noise alone. Frames made from a video share its camera.
/// </summary>
public sealed class RecapturedCondition(long seed = 1) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => "recaptured";

    /// <inheritdoc/>
    public IPixelCondition Seeded(long value) => new RecapturedCondition(value);

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => CameraModel.Create(seed, "recaptured/" + videoName).Apply(image, seed, frameName);
}
