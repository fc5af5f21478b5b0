namespace ForensicHeads.Media.Marks;

/// <summary>Where the watermark lies: cosines of 8 to 32 cycles a picture, over the upper seven eighths of the frame.</summary>
/// <remarks>
/// Below 8 cycles a face hides the mark; above 32 half size and H.264 take it away. The lowest eighth is left to the visible label. The
/// cosines are those of the DCT-II of a grid of 128×112 points, whatever size the frame has, so that a copy of another size still fits.
/// </remarks>
internal static class WatermarkBand
{
    /// <summary>Points of the grid in a row.</summary>
    internal const int GridWidth = 128;

    /// <summary>Rows of the grid.</summary>
    internal const int GridHeight = GridWidth * 7 / 8;

    private const double LowestCycles = 8;
    private const double HighestCycles = 32;

    /// <summary>The coefficients that carry the mark, as half cycles across and down the marked area; their order is part of the
    /// format.</summary>
    internal static IReadOnlyList<(int X, int Y)> Coefficients { get; } = [.. All()];

    /// <summary>The marked rows of a frame.</summary>
    internal static int Rows(int height) => height * 7 / 8;

    private static IEnumerable<(int X, int Y)> All()
    {
        for (var y = 0; y < GridHeight; y++)
        {
            for (var x = 0; x < GridWidth; x++)
            {
                var cycles = Math.Sqrt((x / 2.0 * (x / 2.0)) + (y * 4 / 7.0 * (y * 4 / 7.0)));
                if (cycles is >= LowestCycles and < HighestCycles) yield return (x, y);
            }
        }
    }
}
