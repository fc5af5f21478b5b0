using ForensicHeads.Foundation;

namespace ForensicHeads.Detector.Tests;

/// <summary>The features straight from their definitions: sums over every pixel for every coefficient, no fast transform, no shared code.</summary>
internal static class DirectFeatures
{
    public static double[] Spectrum(RgbImage image)
    {
        var n = image.Width;
        var rings = (int)Math.Floor(n / Math.Sqrt(2));
        var sum = new double[rings];
        var count = new int[rings];
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column < n; column++)
            {
                var v = row - (n / 2);
                var u = column - (n / 2);
                var r = (int)Math.Floor(Math.Sqrt((u * u) + (v * v)));
                if (r >= rings) continue;
                double re = 0, im = 0;
                for (var y = 0; y < n; y++)
                {
                    for (var x = 0; x < n; x++)
                    {
                        var angle = -2 * Math.PI * ((((u * x) + (v * y)) % n) + n) / n;
                        re += Grey(image, x, y) * Math.Cos(angle);
                        im += Grey(image, x, y) * Math.Sin(angle);
                    }
                }

                sum[r] += 20 * Math.Log(Math.Sqrt((re * re) + (im * im)) + 1e-8);
                count[r]++;
            }
        }

        var curve = sum.Select((total, r) => total / count[r]).ToArray();
        return [.. curve.Select(level => level / curve[0]), .. curve.Select(level => level - curve[0])];
    }

    public static double[] DctBeta(RgbImage image)
    {
        var blocks = image.Width / 8;
        var result = new List<double>();
        for (var v = 0; v < 8; v++)
        {
            for (var u = 0; u < 8; u++)
            {
                if (u == 0 && v == 0) continue;
                var values = new List<double>();
                for (var b = 0; b < blocks * blocks; b++)
                {
                    var sum = 0.0;
                    for (var y = 0; y < 8; y++)
                        for (var x = 0; x < 8; x++)
                            sum += Grey(image, (b % blocks * 8) + x, (b / blocks * 8) + y)
                                * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
                    values.Add(sum / 4 * (u == 0 ? 1 / Math.Sqrt(2) : 1) * (v == 0 ? 1 / Math.Sqrt(2) : 1));
                }

                var mean = values.Average();
                result.Add(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))) / Math.Sqrt(2));
            }
        }

        return [.. result];
    }

    public static double[] NprStats(RgbImage image)
    {
        var result = new List<double>();
        foreach (var (dx, dy) in new[] { (1, 0), (0, 1), (1, 1) })
        {
            for (var c = 0; c < 3; c++)
            {
                var values = new List<double>();
                for (var y = 0; y + 1 < image.Height; y += 2)
                    for (var x = 0; x + 1 < image.Width; x += 2)
                        values.Add((image[x + dx, y + dy][c] / 255.0) - (image[x, y][c] / 255.0));
                var mean = values.Average();
                var variance = values.Average(d => (d - mean) * (d - mean));
                result.Add(values.Average(Math.Abs));
                result.Add(variance);
                result.Add(variance == 0 ? 0 : values.Average(d => Math.Pow(d - mean, 4)) / (variance * variance));
                for (var bin = -10; bin <= 10; bin++) result.Add(values.Average(d => Math.Round(Math.Clamp(d, -10 / 255.0, 10 / 255.0) * 255) == bin ? 1.0 : 0));
            }
        }

        return [.. result];
    }

    private static double Grey(RgbImage image, int x, int y) => (0.299 * image[x, y][0]) + (0.587 * image[x, y][1]) + (0.114 * image[x, y][2]);
}
