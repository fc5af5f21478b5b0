using ForensicHeads.Datasets.Procedural;
using ForensicHeads.Detector;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Detection;

/// <summary>
/// <c>recaptured</c>: every video, true or made, filmed by one random camera of its own (blur, sensor noise, demosaicing, JPEG), so
/// that true frames are not told by their noise alone. Frames made from a video share its camera.
/// </summary>
public sealed class RecapturedCondition(long seed) : IPixelCondition
{
    /// <inheritdoc/>
    public string Name => "recaptured";

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => CameraModel.Create(seed, "recaptured/" + videoName).Apply(image, seed, frameName);
}
