namespace ForensicHeads.Detector.Tests.Features;

public class FaceRegionsTests
{
    private const int Size = 48;

    [Fact]
    public void Every_column_equals_a_version_written_out_pixel_by_pixel()
    {
        var (image, points) = (Picture(1), Points());
        var features = FaceRegions.Of(image, points);
        Assert.Equal(54 + 35, features.Length);
        Assert.Equal(FaceRegions.ColumnNames.Count, features.Length);
        var expected = Slow(image, points);
        for (var i = 0; i < features.Length; i++) Assert.True(Math.Abs(expected[i] - features[i]) < 2e-3,
            $"{FaceRegions.ColumnNames[i]}: {expected[i]} was expected, {features[i]} came");
    }

    [Fact]
    public void A_soft_mouth_lowers_the_mouths_detail_alone()
    {
        var (image, points) = (Picture(2), Points());
        var soft = image.Clone();
        for (var y = 30; y < 40; y++)
            for (var x = 16; x < 32; x++) soft[x, y].Fill(128);
        var (before, after) = (FaceRegions.Of(image, points), FaceRegions.Of(soft, points));
        int Column(string name) => FaceRegions.ColumnNames.ToList().IndexOf(name);
        Assert.True(after[Column("face_detail/mouth_detail_1")] < before[Column("face_detail/mouth_detail_1")] - 0.5);
        Assert.True(after[Column("face_detail/eyes_detail_1")] > before[Column("face_detail/eyes_detail_1")]);
        Assert.Equal(before[Column("face_tone/background_luma")], after[Column("face_tone/background_luma")]);
    }

    [Fact]
    public void Landmarks_outside_the_frame_give_finite_numbers_and_broken_ones_are_refused()
    {
        Assert.All(FaceRegions.Of(Picture(3), Points().Transform(1, 500, 500)), value => Assert.True(float.IsFinite(value)));
        Assert.All(FaceRegions.Of(new RgbImage(Size, Size), Points()), value => Assert.True(float.IsFinite(value)));
        var broken = Points();
        broken.Values[3] = float.NaN;
        Assert.Throws<UserErrorException>(() => FaceRegions.Of(Picture(3), broken));
        Assert.Throws<UserErrorException>(() => FaceRegions.Of(new RgbImage(20, 30), Points()));
    }

    private static RgbImage Picture(int seed)
    {
        var random = new SeededRandom(seed, "regions");
        var image = new RgbImage(Size, Size);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)random.NextInt(256);
        return image;
    }

    // Jaw and brows on an oval; eyes, nose and mouth inside.
    private static Landmarks68 Points()
    {
        var values = new List<float>();
        void Ring(int count, double x, double y, double rx, double ry)
        {
            for (var i = 0; i < count; i++) values.AddRange(
                [(float)(x + (rx * Math.Cos(i * 2 * Math.PI / count))), (float)(y + (ry * Math.Sin(i * 2 * Math.PI / count)))]);
        }

        Ring(27, 24, 26, 15, 18);
        Ring(9, 24, 27, 3, 5);
        Ring(6, 17.3, 20, 3, 2);
        Ring(6, 30.6, 20, 3, 2);
        Ring(20, 24, 35.2, 6, 3);
        return new Landmarks68([.. values]);
    }

    private static double[] Slow(RgbImage image, Landmarks68 points)
    {
        double[,] y = new double[Size, Size], cb = new double[Size, Size], cr = new double[Size, Size], saturation = new double[Size, Size];
        foreach (var (r, c) in All())
        {
            double red = image[c, r][0], green = image[c, r][1], blue = image[c, r][2];
            y[r, c] = (0.299 * red) + (0.587 * green) + (0.114 * blue);
            (cb[r, c], cr[r, c]) = (0.564 * (blue - y[r, c]), 0.713 * (red - y[r, c]));
            var high = new[] { red, green, blue }.Max();
            saturation[r, c] = high == 0 ? 0 : (high - new[] { red, green, blue }.Min()) / high;
        }

        var laplacian = new double[Size, Size];
        foreach (var (r, c) in All()) laplacian[r, c] = At(y, r - 1, c) + At(y, r + 1, c) + At(y, r, c - 1)
            + At(y, r, c + 1) - (4 * y[r, c]);
        var (g1, g2, g4, g8) = (Blur(y, 1), Blur(y, 2), Blur(y, 4), Blur(y, 8));
        var (b, d, cb6, cr6) = (Blur(cb, 1.5), Blur(cr, 1.5), Blur(cb, 6), Blur(cr, 6));
        Func<int, int, double>[] details =
        [
            (r, c) => laplacian[r, c], (r, c) => y[r, c] - g1[r, c], (r, c) => g1[r, c] - g2[r, c], (r, c) => g2[r, c] - g4[r, c], (r, c) =>
                g4[r, c] - g8[r, c],
            (r, c) => cb[r, c] - b[r, c], (r, c) => cr[r, c] - d[r, c], (r, c) => b[r, c] - cb6[r, c], (r, c) => d[r, c] - cr6[r, c],
        ];
        bool Face(int r, int c) => Inside(points, 0, 67, 1, r, c);
        bool Mouth(int r, int c) => Inside(points, 48, 67, 1.3, r, c);
        bool Eyes(int r, int c) => Inside(points, 36, 41, 1.6, r, c) || Inside(points, 42, 47, 1.6, r, c);
        var brow = Enumerable.Range(17, 10).Min(i => points[i].Y);
        Func<int, int, bool>[] regions =
        [
            Face, Mouth, Eyes, (r, c) => !Inside(points, 0, 67, 1.25, r, c), (r, c) => r < brow - 5 && !Face(r, c),
            (r, c) => Inside(points, 27, 35, 1.1, r, c), (r, c) => Face(r, c) && !Mouth(r, c) && !Eyes(r, c),
        ];
        var pixels = regions.Select(region => All().Where(p => region(p.R, p.C)).ToArray())
            .Select(inside => inside.Length < 20 ? All().ToArray() : inside).ToArray();
        double Detail(int region, int detail) => Math.Log(pixels[region].Average(p => Math.Abs(details[detail](p.R, p.C))) + 0.02);
        var result = new List<double>();
        for (var region = 1; region < 7; region++)
            for (var detail = 0; detail < 9; detail++) result.Add(Detail(region, detail) - Detail(0, detail));
        foreach (var inside in pixels)
        {
            var mean = inside.Average(p => y[p.R, p.C]);
            result.AddRange([mean, Math.Log(1 + Math.Sqrt(inside.Average(p => Math.Pow(y[p.R, p.C] - mean, 2)))),
                inside.Average(p => saturation[p.R, p.C]), inside.Average(p => cb[p.R, p.C]), inside.Average(p => cr[p.R, p.C])]);
        }

        return [.. result];
    }

    private static IEnumerable<(int R, int C)> All() =>
        from r in Enumerable.Range(0, Size) from c in Enumerable.Range(0, Size) select (r, c);

    // Edge pixel repeated, then mirrored.
    private static double At(double[,] plane, int r, int c)
    {
        static int Fold(int i)
        {
            while (i < 0 || i >= Size) i = i < 0 ? -1 - i : (2 * Size) - 1 - i;
            return i;
        }

        return plane[Fold(r), Fold(c)];
    }

    private static double[,] Blur(double[,] plane, double sigma)
    {
        var radius = (int)((4 * sigma) + 0.5);
        var result = new double[Size, Size];
        var total = 0.0;
        for (var i = -radius; i <= radius; i++) total += Math.Exp(-i * i / (2 * sigma * sigma));
        foreach (var (r, c) in All())
        {
            for (var i = -radius; i <= radius; i++)
                for (var j = -radius; j <= radius; j++) result[r, c] += Math.Exp(
                    -((i * i) + (j * j)) / (2 * sigma * sigma)) / (total * total) * At(plane, r + i, c + j);
        }

        return result;
    }

    // In the hull of the grown points: no line through two of them has all of them on one side and the pixel strictly on the other.
    private static bool Inside(Landmarks68 points, int first, int last, double grow, int r, int c)
    {
        var own = Enumerable.Range(first, last - first + 1).Select(i => ((double)points[i].X, (double)points[i].Y)).ToArray();
        double mx = own.Average(p => p.Item1), my = own.Average(p => p.Item2);
        own = [.. own.Select(p => (mx + ((p.Item1 - mx) * grow), my + ((p.Item2 - my) * grow)))];
        foreach (var a in own)
        {
            foreach (var e in own)
            {
                if (a == e) continue;
                double Side(double x, double y) => ((e.Item1 - a.Item1) * (y - a.Item2)) - ((e.Item2 - a.Item2) * (x - a.Item1));
                if (own.All(p => Side(p.Item1, p.Item2) >= -1e-9) && Side(c, r) < -1e-9) return false;
            }
        }

        return true;
    }
}
