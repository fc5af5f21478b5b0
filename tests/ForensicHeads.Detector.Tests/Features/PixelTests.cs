namespace ForensicHeads.Detector.Tests.Features;

public class PixelTests
{
    [Fact]
    public void Each_jpeg_step_costs_more_than_the_last_and_lies_in_its_range()
    {
        var image = Pictures.Scene(128, 1);
        // dB, on a smooth scene with noise of 3 grey levels; lower limits leave 2 dB for other libjpeg builds.
        var ranges = new Dictionary<string, (double Low, double High)>
        {
            ["jpeg-90"] = (34, 42),
            ["jpeg-70"] = (32, 39),
            ["jpeg-50"] = (31, 38.5),
            ["jpeg-30"] = (30, 38),
        };
        var last = double.PositiveInfinity;
        foreach (var (name, (low, high)) in ranges)
        {
            var condition = FrameConditions.OfPixels.ByName(name);
            Assert.Equal(name, condition.Name);
            var original = image.Clone();
            var psnr = Psnr(image, condition.Apply(image, "f", "v"));
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {psnr:0.00} dB");
            Assert.InRange(psnr, low, high);
            Assert.True(psnr < last, $"{name} gives {psnr} dB, the step before {last} dB");
            Assert.Equal(original.Pixels, image.Pixels);
            last = psnr;
        }
    }

    [Fact]
    public void Clean_changes_nothing_and_unknown_conditions_are_refused()
    {
        var image = Pictures.Formula(32);
        Assert.Equal(image.Pixels, FrameConditions.OfPixels.ByName("clean").Apply(image, "f", "v").Pixels);
        Assert.Equal(["clean", "jpeg-90", "jpeg-70", "jpeg-50", "jpeg-30"],
            FrameConditions.OfPixels.All.Take(5).Select(condition => condition.Name));
        Assert.Contains("jpeg-50", Assert.Throws<UserErrorException>(() => FrameConditions.OfPixels.ByName("jpeg-51")).Message,
            StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => new JpegCondition(0));
    }

    [Fact]
    public void Masks_split_the_picture_along_the_hull_of_the_landmarks()
    {
        var image = Pictures.Formula(64);
        var landmarks = Circle(32, 30, 12);
        var background = FaceHull.BackgroundOnly(image, landmarks);
        var face = FaceHull.FaceOnly(image, landmarks);
        double[] sum = [0, 0, 0];
        var outside = 0;
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                var distance = Math.Sqrt(((x - 32) * (x - 32)) + ((y - 30) * (y - 30)));
                // A polygon of 68 corners lies within 0.1 % of its circle; pixels nearer the edge than 0.05 px are not asked.
                if (Math.Abs(distance - 12) < 0.05) continue;
                var inside = distance < 12;
                Assert.Equal(inside ? image[x, y] : face[0, 0], face[x, y]);
                Assert.Equal(inside ? background[32, 30] : image[x, y], background[x, y]);
                if (inside) continue;
                outside++;
                for (var c = 0; c < 3; c++) sum[c] += image[x, y][c];
            }
        }

        for (var c = 0; c < 3; c++)
        {
            // One grey level: rounding, and the few pixels at the edge.
            Assert.Equal(sum[c] / outside, background[32, 30][c], 1.0);
            Assert.Equal(background[32, 30][c], face[0, 0][c]);
        }
    }

    [Fact]
    public void What_the_masks_hide_cannot_be_seen_in_them()
    {
        var landmarks = Circle(32, 30, 12);
        var image = Pictures.Formula(64);
        var otherFace = image.Clone();
        for (var y = 26; y < 34; y++)
            for (var x = 28; x < 36; x++) otherFace[x, y].Fill(7);
        Assert.Equal(FaceHull.BackgroundOnly(image, landmarks).Pixels, FaceHull.BackgroundOnly(otherFace, landmarks).Pixels);
        Assert.NotEqual(FaceHull.FaceOnly(image, landmarks).Pixels, FaceHull.FaceOnly(otherFace, landmarks).Pixels);
    }

    [Fact]
    public void Landmarks_outside_or_on_one_point_do_not_break_the_masks()
    {
        var image = Pictures.Formula(32);
        Assert.Equal(image.Pixels, FaceHull.BackgroundOnly(image, Circle(-90, -90, 5)).Pixels);
        Assert.Equal(image.Pixels, FaceHull.BackgroundOnly(image, Circle(10, 10, 0)).Pixels);
        Assert.Single(FaceHull.FaceOnly(image, Circle(10, 10, 0)).Pixels.Chunk(3)
            .Select(pixel => (pixel[0], pixel[1], pixel[2])).Distinct());
        Assert.Equal(128, FaceHull.BackgroundOnly(image, Circle(16, 16, 500))[0, 0][0]);
        var broken = Circle(10, 10, 5);
        broken.Values[3] = float.NaN;
        Assert.Throws<UserErrorException>(() => FaceHull.FaceOnly(image, broken));
    }

    private static Landmarks68 Circle(float x, float y, float radius) => new(
        [.. Enumerable.Range(0, 68)
            .SelectMany(i => new[] { x + (radius * MathF.Cos(i * MathF.Tau / 68)), y + (radius * MathF.Sin(i * MathF.Tau / 68)) })]);

    private static double Psnr(RgbImage a, RgbImage b)
    {
        var error = a.Pixels.Select((value, i) => (double)(value - b.Pixels[i]) * (value - b.Pixels[i])).Average();
        return 10 * Math.Log10(255.0 * 255 / error);
    }
}
