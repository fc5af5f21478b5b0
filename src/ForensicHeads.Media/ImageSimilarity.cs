namespace ForensicHeads.Media;

/// <summary>SSIM and PSNR of two 8-bit RGB pictures; data range 255.</summary>
public static class ImageSimilarity
{
    private const int Radius = 5;
    private const double Sigma = 1.5;
    private const double Range = 255;
    private static readonly double[] Kernel = GaussianKernel();

    /// <summary>
    /// Structural similarity (Wang et al. 2004): 11×11 Gaussian window, σ 1.5, K1 0.01, K2 0.03, valid region only, population covariance;
    /// each channel on its own, then the mean of the three (scikit-image's <c>channel_axis=-1</c>).
    /// </summary>
    /// <returns>−1 … 1; 1 for identical pictures.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or a side is under 11 pixels.</exception>
    public static double Ssim(RgbImage a, RgbImage b)
    {
        RequireSameSize(a, b);
        if (a.Width < 11 || a.Height < 11)
            throw new ArgumentException(
                $"SSIM needs at least 11×11 pixels, not {a.Width}×{a.Height}; compare larger pictures.", nameof(a));
        return Enumerable.Range(0, 3).Average(channel => SsimOfChannel(Channel(a, channel), Channel(b, channel), a.Width, a.Height));
    }

    /// <summary>Peak signal-to-noise ratio in decibels, mean squared error over all pixels and channels together; +∞ for identical
    /// pictures.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Psnr(RgbImage a, RgbImage b)
    {
        RequireSameSize(a, b);
        long sum = 0;
        for (var i = 0; i < a.Pixels.Length; i++)
        {
            var difference = a.Pixels[i] - b.Pixels[i];
            sum += difference * difference;
        }

        return sum == 0 ? double.PositiveInfinity : 10 * Math.Log10(Range * Range * a.Pixels.Length / sum);
    }

    private static double SsimOfChannel(double[] x, double[] y, int width, int height)
    {
        const double c1 = 0.01 * Range * 0.01 * Range, c2 = 0.03 * Range * 0.03 * Range;
        var (meanX, meanY) = (Filter(x, width, height), Filter(y, width, height));
        var (xx, yy, xy) =
            (Filter(Product(x, x), width, height), Filter(Product(y, y), width, height), Filter(Product(x, y), width, height));
        var sum = 0.0;
        for (var i = 0; i < meanX.Length; i++)
        {
            var (mx, my) = (meanX[i], meanY[i]);
            sum += ((2 * mx * my) + c1) * ((2 * (xy[i] - (mx * my))) + c2)
                / (((mx * mx) + (my * my) + c1) * (xx[i] - (mx * mx) + yy[i] - (my * my) + c2));
        }

        return sum / meanX.Length;
    }

    private static double[] Filter(double[] source, int width, int height)
    {
        var (innerWidth, innerHeight) = (width - (2 * Radius), height - (2 * Radius));
        var rows = new double[innerWidth * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < innerWidth; x++)
            {
                var sum = 0.0;
                for (var k = 0; k < Kernel.Length; k++) sum += Kernel[k] * source[(y * width) + x + k];
                rows[(y * innerWidth) + x] = sum;
            }
        }

        var result = new double[innerWidth * innerHeight];
        for (var y = 0; y < innerHeight; y++)
        {
            for (var x = 0; x < innerWidth; x++)
            {
                var sum = 0.0;
                for (var k = 0; k < Kernel.Length; k++) sum += Kernel[k] * rows[((y + k) * innerWidth) + x];
                result[(y * innerWidth) + x] = sum;
            }
        }

        return result;
    }

    private static double[] Channel(RgbImage image, int channel)
    {
        var values = new double[image.Width * image.Height];
        for (var i = 0; i < values.Length; i++) values[i] = image.Pixels[(3 * i) + channel];
        return values;
    }

    private static double[] Product(double[] a, double[] b)
    {
        var result = new double[a.Length];
        for (var i = 0; i < a.Length; i++) result[i] = a[i] * b[i];
        return result;
    }

    private static double[] GaussianKernel()
    {
        var weights = Enumerable.Range(-Radius, (2 * Radius) + 1).Select(i => Math.Exp(-i * i / (2 * Sigma * Sigma))).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static void RequireSameSize(RgbImage a, RgbImage b)
    {
        if (a.Width != b.Width || a.Height != b.Height)
            throw new ArgumentException(
                $"A {a.Width}×{a.Height} picture cannot be compared with one of {b.Width}×{b.Height}; resize one first.", nameof(b));
    }
}
