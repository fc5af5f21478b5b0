using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>trivial_pixels</c>: seven global statistics. A detector must beat them, and the passthrough control looks at them because a shift of
/// brightness hardly moves the other families.
/// </summary>
/// <remarks>
/// float32[7]: mean and deviation of luma (grey levels); mean and deviation of saturation ((max − min)/max of R, G, B, 0 … 1, 0 for black);
/// sharpness (deviation of the Laplacian [0 1 0; 1 −4 1; 0 1 0], valid region, grey levels); contrast (95th minus 5th percentile of luma
/// rounded to grey levels, nearest rank); noise (σ estimate of Immerkær 1996, grey levels).
/// </remarks>
public sealed class TrivialPixelsFamily : IFeatureFamily
{
    /// <summary>The family's name.</summary>
    public const string FamilyName = "trivial_pixels";

    private static readonly string[] Columns =
        ["luma_mean", "luma_deviation", "saturation_mean", "saturation_deviation", "sharpness", "contrast", "noise"];

    /// <summary>1/level, and 0 for black, whose saturation is 0.</summary>
    private static readonly double[] Reciprocals = [0, .. Enumerable.Range(1, 255).Select(level => 1.0 / level)];

    [ThreadStatic]
    private static double[]? scratch;

    /// <inheritdoc/>
    public string Name => FamilyName;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) => Columns;

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var n = image.Width * image.Height;
        if (scratch is null || scratch.Length < n) scratch = new double[n];
        var grey = scratch.AsSpan(0, n);
        GreyPlane.Fill(image, grey);
        (features[0], features[1]) = Luma(grey);
        (features[2], features[3]) = Saturation(image.Pixels, n);
        (features[4], features[6]) = Residuals(grey, image.Width, image.Height);
        features[5] = Contrast(grey);
    }

    private static (float Mean, float Deviation) Luma(ReadOnlySpan<double> grey)
    {
        var mean = TensorPrimitives.Sum(grey) / grey.Length;
        var squares = Vector256<double>.Zero;
        var i = 0;
        for (; i + 4 <= grey.Length; i += 4)
        {
            var difference = Vector256.Create(grey[i..]) - Vector256.Create(mean);
            squares += difference * difference;
        }

        for (; i < grey.Length; i++) squares += Vector256.CreateScalar((grey[i] - mean) * (grey[i] - mean));
        return ((float)mean, (float)Math.Sqrt(Vector256.Sum(squares) / grey.Length));
    }

    private static (float Mean, float Deviation) Saturation(ReadOnlySpan<byte> pixels, int n)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < n; i++)
        {
            var pixel = pixels.Slice(3 * i, 3);
            var high = Math.Max(pixel[0], Math.Max(pixel[1], pixel[2]));
            var low = Math.Min(pixel[0], Math.Min(pixel[1], pixel[2]));
            var saturation = (high - low) * Reciprocals[high];
            sum += saturation;
            squares += saturation * saturation;
        }

        var mean = sum / n;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean))));
    }

    private static (float Sharpness, float Noise) Residuals(ReadOnlySpan<double> grey, int width, int height)
    {
        ref var data = ref MemoryMarshal.GetReference(grey);
        var sum = Vector256<double>.Zero;
        var squares = Vector256<double>.Zero;
        var absolutes = Vector256<double>.Zero;
        for (var y = 1; y < height - 1; y++)
        {
            var x = 1;
            for (; x + 4 < width; x += 4)
            {
                var at = (nuint)((y * width) + x);
                var (cross, corners) = Around(ref data, at, (nuint)width);
                var centre = 4 * Vector256.LoadUnsafe(ref data, at);
                var laplacian = cross - centre;
                sum += laplacian;
                squares += laplacian * laplacian;
                absolutes += Vector256.Abs(corners - (2 * cross) + centre);
            }

            for (; x < width - 1; x++)
            {
                var at = (y * width) + x;
                var cross = grey[at - width] + grey[at + width] + grey[at - 1] + grey[at + 1];
                var corners = grey[at - width - 1] + grey[at - width + 1] + grey[at + width - 1] + grey[at + width + 1];
                var laplacian = cross - (4 * grey[at]);
                // One lane of the registers takes the rest of a row.
                sum += Vector256.CreateScalar(laplacian);
                squares += Vector256.CreateScalar(laplacian * laplacian);
                absolutes += Vector256.CreateScalar(Math.Abs(corners - (2 * cross) + (4 * grey[at])));
            }
        }

        double n = (width - 2) * (height - 2);
        var mean = Vector256.Sum(sum) / n;
        return ((float)Math.Sqrt(Math.Max(0, (Vector256.Sum(squares) / n) - (mean * mean))),
            (float)(Math.Sqrt(Math.PI / 2) * Vector256.Sum(absolutes) / (6 * n)));
    }

    /// <summary>Sums of the four neighbours beside and of the four at the corners.</summary>
    private static (Vector256<double> Cross, Vector256<double> Corners) Around(ref double data, nuint at, nuint width) => (
        Vector256.LoadUnsafe(ref data, at - width) + Vector256.LoadUnsafe(ref data, at + width) + Vector256.LoadUnsafe(ref data, at - 1)
            + Vector256.LoadUnsafe(ref data, at + 1),
        Vector256.LoadUnsafe(ref data, at - width - 1) + Vector256.LoadUnsafe(ref data, at - width + 1)
            + Vector256.LoadUnsafe(ref data, at + width - 1) + Vector256.LoadUnsafe(ref data, at + width + 1));

    private static float Contrast(ReadOnlySpan<double> grey)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (var value in grey) histogram[(int)Math.Clamp(value + 0.5, 0, 255)]++;
        return Rank(histogram, (int)Math.Ceiling(0.95 * grey.Length)) - Rank(histogram, (int)Math.Ceiling(0.05 * grey.Length));
    }

    private static int Rank(ReadOnlySpan<int> histogram, int rank)
    {
        var seen = 0;
        for (var level = 0; level < histogram.Length; level++)
        {
            seen += histogram[level];
            if (seen >= rank) return level;
        }

        return histogram.Length - 1;
    }
}
