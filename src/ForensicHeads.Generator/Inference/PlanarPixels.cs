namespace ForensicHeads.Generator.Inference;

/// <summary>Pictures to planes of floats and back, as <see cref="FrameTensor"/> does without libtorch's tensors.</summary>
internal static class PlanarPixels
{
    private const float HalfRange = 127.5f;

    /// <summary>Writes float32[3, S, S] in −1…1.</summary>
    public static void Read(RgbImage image, Span<float> planes)
    {
        var plane = image.Width * image.Height;
        var pixels = image.Pixels;
        for (var i = 0; i < plane; i++)
        {
            for (var channel = 0; channel < 3; channel++) planes[(channel * plane) + i] = (pixels[(3 * i) + channel] / HalfRange) - 1;
        }
    }

    /// <summary>float32[3, S, S] in −1…1 to a picture, rounded to the nearest grey level, halves to the even one.</summary>
    public static RgbImage ToImage(ReadOnlySpan<float> planes, int size)
    {
        var plane = size * size;
        var pixels = new byte[3 * plane];
        for (var i = 0; i < plane; i++)
        {
            for (var channel = 0; channel < 3; channel++) pixels[(3 * i) + channel] =
                (byte)Math.Clamp(MathF.Round((planes[(channel * plane) + i] + 1) * HalfRange), 0, 255);
        }

        return new RgbImage(size, size, pixels);
    }
}
