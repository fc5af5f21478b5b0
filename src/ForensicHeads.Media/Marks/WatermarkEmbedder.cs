namespace ForensicHeads.Media.Marks;

/// <summary>Puts the invisible watermark into frames: the key's pattern, added to the luma, stronger where the picture is busy.</summary>
/// <remarks>
/// Spread spectrum after Cox et al. 1997, with a pattern that is the same for every frame of a clip: a codec then keeps it for the price of
/// one key frame, and a single frame is enough to find it. One embedder serves any number of frames of its size.
/// </remarks>
public sealed class WatermarkEmbedder
{
    /// <summary>Smallest side of a frame that can carry the mark, in pixels.</summary>
    public const int SmallestSide = 64;

    // Root mean square of the change in grey levels where the mask is 1, and at most over the marked rows: PSNR stays above 38.5 dB.
    private const float Strength = 2.0f;
    private const double Ceiling = 3.2;
    private readonly float[] pattern;
    private readonly int width;
    private readonly int height;

    /// <summary>Draws the pattern.</summary>
    /// <param name="key">The key.</param>
    /// <param name="width">Width of the frames, at least <see cref="SmallestSide"/> pixels.</param>
    /// <param name="height">Height of the frames, at least <see cref="SmallestSide"/> pixels.</param>
    public WatermarkEmbedder(WatermarkKey key, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, SmallestSide);
        (this.width, this.height) = (width, height);
        pattern = WatermarkPattern.Draw(key, width, WatermarkBand.Rows(height));
    }

    /// <summary>A marked copy.</summary>
    public RgbImage Apply(RgbImage frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Width != width || frame.Height != height)
            throw new ArgumentException($"A frame of {frame.Width}×{frame.Height} does not fit a watermark of {width}×{height}.",
                nameof(frame));
        using var luma = LumaPlane.Of(frame, WatermarkBand.Rows(height));
        var deviation = LumaPlane.Deviation(luma, 6 * width / 256.0);
        var result = frame.Clone();
        var change = new float[pattern.Length];
        double power = 0;
        for (var i = 0; i < change.Length; i++)
        {
            change[i] = Strength * Math.Clamp(0.75f + (deviation[i] / 16), 0.75f, 2f) * pattern[i];
            power += (double)change[i] * change[i];
        }

        var scale = (float)Math.Min(1, Ceiling / Math.Sqrt(power / change.Length));
        for (var i = 0; i < change.Length; i++)
        {
            for (var c = 3 * i; c < (3 * i) + 3; c++) result.Pixels[c] =
                (byte)Math.Clamp(MathF.Round(result.Pixels[c] + (scale * change[i])), 0, 255);
        }

        return result;
    }
}

/// <summary>The key's pattern, drawn at the size of a frame.</summary>
internal static class WatermarkPattern
{
    /// <summary>Sum of the band's cosines with the key's signs: float32[rows × width], mean square 1.</summary>
    internal static float[] Draw(WatermarkKey key, int width, int rows)
    {
        var signs = key.Signs(WatermarkBand.Coefficients.Count);
        var (across, down) = (Cosines(WatermarkBand.GridWidth, width), Cosines(WatermarkBand.GridHeight, rows));

        // Separable: first the sum over x for every vertical frequency, then the sum over those.
        var partial = new double[WatermarkBand.GridHeight][];
        for (var i = 0; i < signs.Length; i++)
        {
            var (x, y) = WatermarkBand.Coefficients[i];
            var row = partial[y] ??= new double[width];
            for (var column = 0; column < width; column++) row[column] += signs[i] * across[x][column];
        }

        var sums = new double[rows * width];
        for (var y = 0; y < partial.Length; y++)
        {
            if (partial[y] is not { } values) continue;
            for (var row = 0; row < rows; row++)
            {
                var factor = down[y][row];
                var target = sums.AsSpan(row * width, width);
                for (var column = 0; column < width; column++) target[column] += factor * values[column];
            }
        }

        var scale = 1 / Math.Sqrt(sums.Sum(value => value * value) / sums.Length);
        return Array.ConvertAll(sums, value => (float)(value * scale));
    }

    // The basis of the DCT-II, orthonormal but for a common factor.
    private static double[][] Cosines(int count, int points) => [.. Enumerable.Range(0, count).Select(k => Enumerable.Range(0, points)
        .Select(i => (k == 0 ? Math.Sqrt(0.5) : 1) * Math.Cos(Math.PI * k * (i + 0.5) / points)).ToArray())];
}
