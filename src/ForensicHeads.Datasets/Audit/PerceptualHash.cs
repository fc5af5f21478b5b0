using System.Numerics;

namespace ForensicHeads.Datasets.Audit;

/// <summary>The 64-bit DCT hash of a picture: grey, area filter to 32×32, DCT-II, the 8×8 lowest coefficients against their
/// median.</summary>
/// <remarks>Bit 63 is the coefficient (0, 0), then row by row; a bit is set where the coefficient exceeds the median.</remarks>
public static class PerceptualHash
{
    private const int Side = 32;
    private const int Low = 8;
    private static readonly double[,] Cosines = MakeCosines();

    /// <summary>The hash of a picture of any size.</summary>
    public static ulong Of(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OfGrey(Reduce(image));
    }

    /// <summary>Number of bits, 0 … 64, in which two hashes differ.</summary>
    public static int Distance(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    private static ulong OfGrey(double[] grey)
    {
        var rows = new double[Low, Side];
        for (var v = 0; v < Low; v++)
        {
            for (var x = 0; x < Side; x++)
            {
                double sum = 0;
                for (var y = 0; y < Side; y++) sum += Cosines[v, y] * grey[(y * Side) + x];
                rows[v, x] = sum;
            }
        }

        var coefficients = new double[Low * Low];
        for (var v = 0; v < Low; v++)
        {
            for (var u = 0; u < Low; u++)
            {
                double sum = 0;
                for (var x = 0; x < Side; x++) sum += Cosines[u, x] * rows[v, x];

                // Rounded, so that the coefficients of a flat picture are equal and not noise of the last bit.
                coefficients[(v * Low) + u] = Math.Round(sum, 6);
            }
        }

        var sorted = (double[])coefficients.Clone();
        Array.Sort(sorted);
        var median = (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        var hash = 0UL;
        foreach (var coefficient in coefficients) hash = (hash << 1) | (coefficient > median ? 1UL : 0UL);
        return hash;
    }

    /// <summary>Grey means over the 32×32 cells, fractional cell borders weighted by what they cover.</summary>
    private static double[] Reduce(RgbImage image)
    {
        var columns = new double[image.Height * Side];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3);
            for (var cell = 0; cell < Side; cell++)
            {
                var (first, last) = Cover(cell, image.Width);
                double sum = 0;
                for (var x = first; x <= last; x++)
                {
                    var grey = (0.299 * row[3 * x]) + (0.587 * row[(3 * x) + 1]) + (0.114 * row[(3 * x) + 2]);
                    sum += grey * Weight(cell, x, image.Width);
                }

                columns[(y * Side) + cell] = sum;
            }
        }

        var result = new double[Side * Side];
        for (var cell = 0; cell < Side; cell++)
        {
            var (first, last) = Cover(cell, image.Height);
            for (var y = first; y <= last; y++)
            {
                var weight = Weight(cell, y, image.Height);
                for (var x = 0; x < Side; x++) result[(cell * Side) + x] += weight * columns[(y * Side) + x];
            }
        }

        return result;
    }

    private static (int First, int Last) Cover(int cell, int length) =>
        ((int)((long)cell * length / Side), (int)((((long)(cell + 1) * length) - 1) / Side));

    /// <summary>The share of the cell that the pixel covers; whole numbers until the division, so exact borders stay exact.</summary>
    private static double Weight(int cell, int pixel, int length)
    {
        var low = Math.Max((long)cell * length, (long)pixel * Side);
        var high = Math.Min((long)(cell + 1) * length, (long)(pixel + 1) * Side);
        return (double)(high - low) / length;
    }

    private static double[,] MakeCosines()
    {
        var table = new double[Low, Side];
        for (var k = 0; k < Low; k++)
        {
            for (var n = 0; n < Side; n++) table[k, n] = Math.Cos(Math.PI * k * ((2 * n) + 1) / (2.0 * Side));
        }

        return table;
    }
}
