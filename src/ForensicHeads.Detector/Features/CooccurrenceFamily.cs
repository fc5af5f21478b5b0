namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>cooccurrence</c>: for each of R, G and B, how often a pixel of one of 16 levels (value &gt;&gt; 4) stands left of one of another.
/// After Nataraj et al. 2019 (arXiv 1903.06836), who feed all 256 levels to a network.
/// </summary>
/// <remarks>float32[768], channel by channel, left level slowest; the 256 shares of a channel sum to 1.</remarks>
public sealed class CooccurrenceFamily : IFeatureFamily
{
    private const int Levels = 16;
    private const int PerChannel = Levels * Levels;

    [ThreadStatic]
    private static int[]? counts;

    /// <inheritdoc/>
    public string Name => "cooccurrence";

    /// <inheritdoc/>
    public int Length(int size) => 3 * PerChannel;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) =>
        [.. "rgb".SelectMany(channel =>
            Enumerable.Range(0, PerChannel)
            .Select(pair => FormattableString.Invariant($"{channel}_{pair / Levels:00}_{pair % Levels:00}")))];

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        counts ??= new int[3 * PerChannel];
        Array.Clear(counts);
        var red = counts.AsSpan(0, PerChannel);
        var green = counts.AsSpan(PerChannel, PerChannel);
        var blue = counts.AsSpan(2 * PerChannel, PerChannel);
        var stride = 3 * image.Width;
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Pixels.AsSpan(y * stride, stride);
            for (var x = 0; x + 5 < row.Length; x += 3)
            {
                red[(row[x] & 0xF0) | (row[x + 3] >> 4)]++;
                green[(row[x + 1] & 0xF0) | (row[x + 4] >> 4)]++;
                blue[(row[x + 2] & 0xF0) | (row[x + 5] >> 4)]++;
            }
        }

        double pairs = (image.Width - 1) * image.Height;
        for (var i = 0; i < features.Length; i++) features[i] = (float)(counts[i] / pairs);
    }
}
