namespace ForensicHeads.Detector.Networks;

/// <summary>What the network of the <c>cnn</c> family sees of a picture, in training and in scoring alike.</summary>
public static class CnnInput
{
    /// <summary>Channels: the residual of R, G, B, then R, G, B.</summary>
    public const int Channels = 6;

    /// <summary>Grey levels that make 1 in the residual.</summary>
    public const float ResidualScale = 16;

    /// <summary>
    /// Fills float32[6, H, W]: x − up2(down2(x)) with nearest neighbour, which is each pixel minus the top-left one of its 2×2 block (Tan
    /// et al. 2024, arXiv 2312.10461), over 16 grey levels; then the pixels themselves in −1…1.
    /// </summary>
    /// <param name="image">A picture of any size.</param>
    /// <param name="planes">float32[6 · H · W], overwritten whole.</param>
    public static void Fill(RgbImage image, Span<float> planes)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (width, height) = (image.Width, image.Height);
        var plane = width * height;
        if (planes.Length != Channels * plane) throw new ArgumentException(
            $"{planes.Length} values were offered for {Channels}×{height}×{width}.", nameof(planes));
        var pixels = image.Pixels;
        for (var channel = 0; channel < 3; channel++)
        {
            var residual = planes.Slice(channel * plane, plane);
            var colour = planes.Slice((3 + channel) * plane, plane);
            for (var y = 0; y < height; y++)
            {
                var row = 3 * y * width;
                var corners = 3 * (y & ~1) * width;
                for (var x = 0; x < width; x++)
                {
                    var value = pixels[row + (3 * x) + channel];
                    residual[(y * width) + x] = (value - pixels[corners + (3 * (x & ~1)) + channel]) / ResidualScale;
                    colour[(y * width) + x] = (value / 127.5f) - 1;
                }
            }
        }
    }
}
