using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>
/// <c>trivial_pixels</c>: seven global statistics. A detector must beat them, and the passthrough control looks at them because a shift of
/// brightness hardly moves the other families.
/// </summary>
/// <remarks>
/// float32[7]: mean and deviation of luma (grey levels); mean and deviation of saturation ((max − min)/max of R, G, B, 0 … 1, 0 for black);
/// sharpness (deviation of the Laplacian [0 1 0; 1 −4 1; 0 1 0], valid region, grey levels); contrast (95th minus 5th percentile of luma rounded
/// to grey levels, nearest rank); noise (σ estimate of Immerkær 1996, grey levels).
/// </remarks>
public sealed class TrivialPixelsFamily : IFeatureFamily
{
    private static readonly string[] Columns = ["luma_mean", "luma_deviation", "saturation_mean", "saturation_deviation", "sharpness", "contrast", "noise"];

    [ThreadStatic]
    private static double[]? scratch;

    /// <inheritdoc/>
    public string Name => "trivial_pixels";

    /// <inheritdoc/>
    public int Length(int size) => Columns.Length;

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
        double sum = 0, squares = 0;
        foreach (var value in grey) sum += value;
        var mean = sum / grey.Length;
        foreach (var value in grey) squares += (value - mean) * (value - mean);
        return ((float)mean, (float)Math.Sqrt(squares / grey.Length));
    }

    private static (float Mean, float Deviation) Saturation(ReadOnlySpan<byte> pixels, int n)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < n; i++)
        {
            var pixel = pixels.Slice(3 * i, 3);
            var high = Math.Max(pixel[0], Math.Max(pixel[1], pixel[2]));
            var low = Math.Min(pixel[0], Math.Min(pixel[1], pixel[2]));
            var saturation = high == 0 ? 0 : (double)(high - low) / high;
            sum += saturation;
            squares += saturation * saturation;
        }

        var mean = sum / n;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean))));
    }

    private static (float Sharpness, float Noise) Residuals(ReadOnlySpan<double> grey, int width, int height)
    {
        double sum = 0, squares = 0, absolutes = 0;
        for (var y = 1; y < height - 1; y++)
        {
            var above = grey.Slice((y - 1) * width, width);
            var here = grey.Slice(y * width, width);
            var below = grey.Slice((y + 1) * width, width);
            for (var x = 1; x < width - 1; x++)
            {
                var cross = above[x] + below[x] + here[x - 1] + here[x + 1];
                var corners = above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1];
                var laplacian = cross - (4 * here[x]);
                sum += laplacian;
                squares += laplacian * laplacian;
                absolutes += Math.Abs(corners - (2 * cross) + (4 * here[x]));
            }
        }

        double n = (width - 2) * (height - 2);
        return ((float)Math.Sqrt(Math.Max(0, (squares / n) - (sum / n * (sum / n)))), (float)(Math.Sqrt(Math.PI / 2) * absolutes / (6 * n)));
    }

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
