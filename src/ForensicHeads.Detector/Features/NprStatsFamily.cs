namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>npr_stats</c>: statistics of x − up2(down2(x)), nearest neighbour, which is each 2×2 block minus its top-left pixel (the residual of
/// Tan et al. 2024, arXiv 2312.10461, who train a network on it). For the positions right, below and diagonal, each in R, G and B: mean
/// absolute value, variance, kurtosis, and the shares of the 21 values −10 … 10 after clipping.
/// </summary>
/// <remarks>
/// float32[216], position-major. Values are differences of pixels on 0 … 1: mean 0 … 1, variance 0 … 1, kurtosis non-excess and 0 where the
/// variance is 0, histogram shares sum to 1. Resizing destroys the trace, so features of resized pictures carry their own name. An odd
/// last row or column is left out.
/// </remarks>
/// <param name="resized">Whether the pictures were resized on their way here; changes only the name, to <c>npr_stats_resized</c>.</param>
public sealed class NprStatsFamily(bool resized = false) : IFeatureFamily
{
    private const int Streams = 9;
    private const int Levels = 511;
    private const int Clip = 10;
    private const int PerStream = 3 + (2 * Clip) + 1;

    private static readonly string[] Positions = ["right", "below", "diagonal"];
    private static readonly string[] Statistics = ["mean_abs", "variance", "kurtosis"];

    [ThreadStatic]
    private static int[]? counts;

    /// <inheritdoc/>
    public string Name => resized ? "npr_stats_resized" : "npr_stats";

    /// <inheritdoc/>
    public int Length(int size) => Streams * PerStream;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size)
    {
        var names = new List<string>();
        foreach (var position in Positions)
        {
            foreach (var channel in "rgb")
            {
                names.AddRange(Statistics.Select(statistic => $"{position}_{channel}_{statistic}"));
                names.AddRange(Enumerable.Range(-Clip, (2 * Clip) + 1)
                    .Select(bin => FormattableString.Invariant($"{position}_{channel}_bin_{bin:+00;-00;00}")));
            }
        }

        return names;
    }

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        counts ??= new int[Streams * Levels];
        Array.Clear(counts);
        Count(image, counts);
        var blocks = (image.Width / 2) * (image.Height / 2);
        for (var stream = 0; stream < Streams; stream++)
            Describe(counts.AsSpan(stream * Levels, Levels), blocks, features.Slice(stream * PerStream, PerStream));
    }

    /// <summary>Pixels are whole numbers, so the whole distribution of differences is 511 counts, and every statistic follows
    /// exactly.</summary>
    private static void Count(RgbImage image, Span<int> counts)
    {
        var stride = image.Width * 3;
        for (var y = 0; y + 1 < image.Height; y += 2)
        {
            var top = image.Pixels.AsSpan(y * stride, stride);
            var bottom = image.Pixels.AsSpan((y + 1) * stride, stride);
            for (var x = 0; x + 5 < stride; x += 6)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    var corner = 255 - top[x + channel];
                    var at = (channel * Levels) + corner;
                    counts[at + top[x + 3 + channel]]++;
                    counts[at + (3 * Levels) + bottom[x + channel]]++;
                    counts[at + (6 * Levels) + bottom[x + 3 + channel]]++;
                }
            }
        }
    }

    private static void Describe(ReadOnlySpan<int> histogram, double total, Span<float> output)
    {
        double sum = 0, sumOfAbsolutes = 0;
        for (var i = 0; i < Levels; i++)
        {
            sum += (double)(i - 255) * histogram[i];
            sumOfAbsolutes += (double)Math.Abs(i - 255) * histogram[i];
        }

        var mean = sum / total;
        double second = 0, fourth = 0;
        for (var i = 0; i < Levels; i++)
        {
            if (histogram[i] == 0) continue;
            var square = (i - 255 - mean) * (i - 255 - mean);
            second += square * histogram[i];
            fourth += square * square * histogram[i];
        }

        var variance = second / total;
        output[0] = (float)(sumOfAbsolutes / total / 255);
        output[1] = (float)(variance / (255.0 * 255));
        output[2] = variance == 0 ? 0 : (float)(fourth / total / (variance * variance));
        var bins = output[3..];
        bins.Clear();
        Span<int> clipped = stackalloc int[(2 * Clip) + 1];
        clipped.Clear();
        for (var i = 0; i < Levels; i++) clipped[Math.Clamp(i - 255, -Clip, Clip) + Clip] += histogram[i];
        for (var bin = 0; bin < bins.Length; bin++) bins[bin] = (float)(clipped[bin] / total);
    }
}
