namespace ForensicHeads.Detector.Conditions;

/// <summary><c>jpeg-Q</c>: encoded as baseline JPEG with 4:2:0 chroma and decoded again.</summary>
/// <param name="quality">libjpeg's quality, 1 … 100.</param>
public sealed class JpegCondition(int quality) : IPixelCondition
{
    private readonly int quality = quality is >= 1 and <= 100
        ? quality
        : throw new UserErrorException($"JPEG quality {quality} is outside 1 … 100; choose one inside.", exitCode: 2);

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"jpeg-{quality}");

    /// <inheritdoc/>
    public RgbImage Apply(RgbImage image, string frameName, string videoName) => ImageCodec.Decode(ImageCodec.EncodeJpeg(image, quality));
}
