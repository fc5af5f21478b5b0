namespace ForensicHeads.Media.Marks;

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
