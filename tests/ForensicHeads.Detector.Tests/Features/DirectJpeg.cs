namespace ForensicHeads.Detector.Tests.Features;

/// <summary>Baseline JPEG with 4:2:0 chroma written out in real numbers (ITU-T T.81, libjpeg's choices where the standard leaves them),
/// without an entropy coder.</summary>
internal static class DirectJpeg
{
    private static readonly int[] Luma =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100,
            103, 99,
    ];

    private static readonly int[] Chroma =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        .. Enumerable.Repeat(99, 32),
    ];

    public static double MeanSquaredDifference(RgbImage image, int quality)
    {
        var (width, height) = (image.Width, image.Height);
        var planes = Enumerable.Range(0, 3).Select(c => Plane(image, c)).ToArray();
        var y = Code(planes[0], Luma, quality);
        var (cb, cr) = (Enlarge(Code(Halve(planes[1]), Chroma, quality), width, height),
            Enlarge(Code(Halve(planes[2]), Chroma, quality), width, height));
        var sum = 0.0;
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var (luma, blue, red) = (y[row, column], cb[row, column] - 128, cr[row, column] - 128);
                double[] copy = [luma + (1.402 * red), luma - (0.344136286 * blue) - (0.714136286 * red), luma + (1.772 * blue)];
                for (var c = 0; c < 3; c++) sum += Math.Pow(image[column, row][c] - Level(copy[c]), 2);
            }
        }

        return sum / (3.0 * width * height);
    }

    private static double[,] Plane(RgbImage image, int component)
    {
        double[] weights = component switch
        {
            0 => [0.299, 0.587, 0.114],
            1 => [-0.168735892, -0.331264108, 0.5],
            _ =>
            [0.5, -0.418687589, -0.081312411]
        };
        var plane = new double[image.Height, image.Width];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var value = (weights[0] * image[x, y][0]) + (weights[1] * image[x, y][1]) + (weights[2] * image[x, y][2]);
                plane[y, x] = component == 0 ? Math.Floor(value + 0.5) : Math.Ceiling(value + 128 - 0.5);
            }
        }

        return plane;
    }

    /// <summary>
    /// Means of 2×2, rounded down and up in turn; the last column and row stand for what is missing. To the right the picture is filled up
    /// to whole blocks before it is halved, as libjpeg does it; downwards after.
    /// </summary>
    private static double[,] Halve(double[,] plane)
    {
        var (height, width) = (plane.GetLength(0), plane.GetLength(1));
        var half = new double[(height + 1) / 2, (((width + 1) / 2) + 7) / 8 * 8];
        for (var y = 0; y < half.GetLength(0); y++)
        {
            for (var x = 0; x < half.GetLength(1); x++)
            {
                var (left, right, below) =
                    (Math.Min(2 * x, width - 1), Math.Min((2 * x) + 1, width - 1), Math.Min((2 * y) + 1, height - 1));
                half[y, x] =
                    Math.Floor((plane[2 * y, left] + plane[2 * y, right] + plane[below, left] + plane[below, right] + 1 + (x % 2)) / 4);
            }
        }

        return half;
    }

    /// <summary>Cosine transform, division, rounding and back, block by block; edges repeat the last row and column.</summary>
    private static double[,] Code(double[,] plane, int[] table, int quality)
    {
        var (height, width) = (plane.GetLength(0), plane.GetLength(1));
        var result = new double[height, width];
        var scale = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        for (var top = 0; top < height; top += 8)
        {
            for (var left = 0; left < width; left += 8)
            {
                var coefficients = new double[8, 8];
                for (var v = 0; v < 8; v++)
                {
                    for (var u = 0; u < 8; u++)
                    {
                        var sum = 0.0;
                        for (var y = 0; y < 8; y++)
                            for (var x = 0; x < 8; x++)
                                sum += (plane[Math.Min(top + y, height - 1), Math.Min(left + x, width - 1)] - 128) * Wave(x, u)
                                    * Wave(y, v);
                        var step = Math.Clamp(((table[(8 * v) + u] * scale) + 50) / 100, 1, 255);
                        coefficients[v, u] = Math.Round(sum / step, MidpointRounding.AwayFromZero) * step;
                    }
                }

                for (var y = 0; y < Math.Min(8, height - top); y++)
                {
                    for (var x = 0; x < Math.Min(8, width - left); x++)
                    {
                        var sum = 128.0;
                        for (var v = 0; v < 8; v++)
                            for (var u = 0; u < 8; u++)
                                sum += coefficients[v, u] * Wave(x, u) * Wave(y, v);
                        result[top + y, left + x] = Level(sum);
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Twice the size by the triangle filter: three parts of the nearest sample and one of the next, in both directions.</summary>
    private static double[,] Enlarge(double[,] half, int width, int height)
    {
        var (rows, columns) = (half.GetLength(0), (width + 1) / 2);
        var result = new double[height, width];
        for (var y = 0; y < height; y++)
        {
            var other = Math.Clamp((y / 2) + (y % 2 == 0 ? -1 : 1), 0, rows - 1);
            double Column(int x) => (3 * half[y / 2, x]) + half[other, x];
            for (var x = 0; x < width; x++)
            {
                var beside = Math.Clamp((x / 2) + (x % 2 == 0 ? -1 : 1), 0, columns - 1);
                result[y, x] = Math.Floor(((3 * Column(x / 2)) + Column(beside) + (x % 2 == 0 ? 8 : 7)) / 16);
            }
        }

        return result;
    }

    private static double Wave(int x, int u) => (u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16);

    private static double Level(double value) => Math.Clamp(Math.Floor(value + 0.5), 0, 255);
}
