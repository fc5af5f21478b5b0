namespace ForensicHeads.Detector.Tests.Features;

/// <summary>The features straight from their definitions: sums over every pixel for every coefficient, no fast transform, no shared
/// code.</summary>
internal static class DirectFeatures
{
    public static double[] Spectrum(RgbImage image) => Spectrum(image, out _);

    /// <param name="image">The picture.</param>
    /// <param name="allowance">
    /// For each ring, how far its mean level may move when every |F| is off by 16 units in the last place of Σ grey, which bounds |F|: much
    /// where a coefficient is 0 and only 1e-8 stands in the logarithm, else next to nothing.
    /// </param>
    public static double[] Spectrum(RgbImage image, out double[] allowance)
    {
        var n = image.Width;
        var rings = (int)Math.Floor(n / Math.Sqrt(2));
        var sum = new double[rings];
        var count = new int[rings];
        allowance = new double[rings];
        var total = 0.0;
        for (var i = 0; i < n * n; i++) total += Grey(image, i % n, i / n);
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

                var magnitude = Math.Sqrt((re * re) + (im * im)) + 1e-8;
                sum[r] += 20 * Math.Log(magnitude);
                allowance[r] += 20 * Math.Log(1 + (16 * Math.Pow(2, -52) * total / magnitude));
                count[r]++;
            }
        }

        for (var r = 0; r < rings; r++) allowance[r] /= count[r];
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
                for (var bin = -10; bin <= 10; bin++) result.Add(
                    values.Average(d => Math.Round(Math.Clamp(d, -10 / 255.0, 10 / 255.0) * 255) == bin ? 1.0 : 0));
            }
        }

        return [.. result];
    }

    public static double[] Srm(RgbImage image)
    {
        int[,] kv = { { -1, 2, -2, 2, -1 }, { 2, -6, 8, -6, 2 }, { -2, 8, -12, 8, -2 }, { 2, -6, 8, -6, 2 }, { -1, 2, -2, 2, -1 } };
        (int[,] Weights, decimal Divisor)[] kernels =
            [(new[,] { { -1, 2, -1 }, { 2, -4, 2 }, { -1, 2, -1 } }, 4), (kv, 12), (new[,] { { 1, -2, 1 } }, 2)];
        var result = new List<double>();
        foreach (var (weights, divisor) in kernels)
        {
            var (rows, columns) = (weights.GetLength(0), weights.GetLength(1));
            var residual = new int[image.Height - rows + 1, image.Width - columns + 1];
            for (var y = 0; y < residual.GetLength(0); y++)
            {
                for (var x = 0; x < residual.GetLength(1); x++)
                {
                    // Decimal numbers hold 0.299, 0.587 and 0.114 exactly, so that ties are ties.
                    var sum = 0m;
                    for (var r = 0; r < rows; r++)
                        for (var c = 0; c < columns; c++)
                            sum += weights[r, c]
                                * ((0.299m * image[x + c, y + r][0]) + (0.587m * image[x + c, y + r][1])
                                + (0.114m * image[x + c, y + r][2]));
                    residual[y, x] = (int)Math.Clamp(Math.Floor((sum / divisor) + 0.5m), -3, 3);
                }
            }

            for (var value = -3; value <= 3; value++) result.Add(residual.Cast<int>().Average(r => r == value ? 1.0 : 0));
            foreach (var (dx, dy) in new[] { (1, 0), (0, 1) })
            {
                for (var first = -2; first <= 2; first++)
                {
                    for (var second = -2; second <= 2; second++)
                    {
                        double hits = 0, pairs = 0;
                        for (var y = 0; y + dy < residual.GetLength(0); y++)
                        {
                            for (var x = 0; x + dx < residual.GetLength(1); x++)
                            {
                                pairs++;
                                if (Math.Clamp(residual[y, x], -2, 2) == first && Math.Clamp(residual[y + dy, x + dx], -2, 2) == second)
                                    hits++;
                            }
                        }

                        result.Add(hits / pairs);
                    }
                }
            }
        }

        return [.. result];
    }

    public static double[] ResidualLags(RgbImage image) => [.. Scales(image.Width, (x, y) => image[x, y][1]).SelectMany(residual =>
        new[] { (0, 1), (1, 0), (1, 1), (1, -1), (0, 2), (2, 0), (0, 3), (3, 0), (0, 4), (4, 0), (0, 8), (8, 0) }.Select(shift =>
        {
            var pairs = residual.Keys.Where(at => residual.ContainsKey((at.X + shift.Item2, at.Y + shift.Item1))).ToArray();
            return pairs.Length == 0 ? 0 : pairs.Average(at => residual[at] * residual[(at.X + shift.Item2, at.Y + shift.Item1)])
                / (residual.Values.Average(value => value * value) + 1e-6);
        }))];

    public static double[] ChromaDetail(RgbImage image)
    {
        double[] Energy(Func<int, int, double> plane) => [.. Scales(image.Width, plane).Select(residual =>
            0.5 * Math.Log(residual.Values.Select(value => value * value).DefaultIfEmpty().Average() + 0.01))];
        var (grey, blue, red) = (Energy((x, y) => Grey(image, x, y)), Energy((x, y) => image[x, y][2] - Grey(image, x, y)),
            Energy((x, y) => image[x, y][0] - Grey(image, x, y)));
        return [blue[0] - grey[0], red[0] - grey[0], blue[1] - grey[1], red[1] - grey[1]];
    }

    // The Laplacian by place, of the plane halved until it is at most 128 wide, and once more.
    private static Dictionary<(int X, int Y), double>[] Scales(int side, Func<int, int, double> plane)
    {
        var pixels = new Dictionary<(int X, int Y), double>();
        for (var y = 0; y < side; y++) for (var x = 0; x < side; x++) pixels[(x, y)] = plane(x, y);
        while (side > 128) Halve();
        var first = Laplacian();
        Halve();
        return [first, Laplacian()];

        void Halve()
        {
            side /= 2;
            pixels = Enumerable.Range(0, side * side).Select(i => (X: i % side, Y: i / side)).ToDictionary(at => at, at =>
                (from dy in Enumerable.Range(0, 2) from dx in Enumerable.Range(0, 2) select pixels[((2 * at.X) + dx, (2 * at.Y) + dy)])
                    .Average());
        }

        Dictionary<(int X, int Y), double> Laplacian() => pixels.Keys
            .Where(at => at.X > 0 && at.Y > 0 && at.X < side - 1 && at.Y < side - 1).ToDictionary(at => at, at => (4 * pixels[at])
                - pixels[(at.X - 1, at.Y)] - pixels[(at.X + 1, at.Y)] - pixels[(at.X, at.Y - 1)] - pixels[(at.X, at.Y + 1)]);
    }

    public static double[] Cooccurrence(RgbImage image)
    {
        var result = new double[768];
        for (var c = 0; c < 3; c++)
            for (var y = 0; y < image.Height; y++)
                for (var x = 1; x < image.Width; x++)
                    result[(c * 256) + (image[x - 1, y][c] / 16 * 16) + (image[x, y][c] / 16)] += 1.0 / ((image.Width - 1) * image.Height);
        return result;
    }

    public static double[] Jpeg(RgbImage image)
    {
        var means = new double?[64];
        for (var place = 0; place < 64; place++)
        {
            var differences = new List<double>();
            for (var y = 1; y < image.Height; y++)
                for (var x = 1; x < image.Width; x++)
                    if (x % 8 == place % 8 && y % 8 == place / 8)
                        differences.Add(
                            Math.Abs(Grey(image, x - 1, y - 1) - Grey(image, x, y - 1) - Grey(image, x - 1, y) + Grey(image, x, y)));
            means[place] = differences.Count == 0 ? null : differences.Average();
        }

        // Below a millionth of a level it is the rounding of the grey values.
        var over = means.Average()!.Value < 1e-6 ? double.PositiveInfinity : means.Average()!.Value;
        return [.. means.Select(mean => (mean ?? 0) / over),
            .. Enumerable.Range(10, 9).Select(fifth => DirectJpeg.MeanSquaredDifference(image, 5 * fifth))];
    }

    public static double[] TrivialPixels(RgbImage image)
    {
        var (grey, saturation, laplacian, noise) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var pixel = image[x, y].ToArray();
                grey.Add(Grey(image, x, y));
                saturation.Add(pixel.Max() == 0 ? 0 : (pixel.Max() - pixel.Min()) / (double)pixel.Max());
                if (x == 0 || y == 0 || x == image.Width - 1 || y == image.Height - 1) continue;
                laplacian.Add(Filter(image, x, y, [0, 1, 0, 1, -4, 1, 0, 1, 0]));
                noise.Add(Math.Abs(Filter(image, x, y, [1, -2, 1, -2, 4, -2, 1, -2, 1])));
            }
        }

        var levels = grey.Select(value => Math.Floor(value + 0.5)).Order().ToArray();
        double Percentile(double share) => levels[(int)Math.Ceiling(share * levels.Length) - 1];
        return
        [
            grey.Average(), Deviation(grey), saturation.Average(), Deviation(saturation), Deviation(laplacian),
                Percentile(0.95) - Percentile(0.05),
            Math.Sqrt(Math.PI / 2) * noise.Average() / 6,
        ];
    }

    private static double Filter(RgbImage image, int x, int y, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < 9; i++) sum += weights[i] * Grey(image, x - 1 + (i % 3), y - 1 + (i / 3));
        return sum;
    }

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Grey(RgbImage image, int x, int y) =>
        (0.299 * image[x, y][0]) + (0.587 * image[x, y][1]) + (0.114 * image[x, y][2]);
}
