namespace ForensicHeads.Datasets.Tests.Procedural;

public sealed class CameraModelTests
{
    [Theory]
    [InlineData(64, 48)]
    [InlineData(33, 17)]
    public void The_picture_keeps_its_size_and_repeats_exactly(int width, int height)
    {
        var camera = CameraModel.Create(1, "a");
        var picture = Grey(width, height);
        var taken = camera.Apply(picture, 9, "f1");
        Assert.Equal((width, height), (taken.Width, taken.Height));
        Assert.Equal(taken.Pixels, camera.Apply(picture, 9, "f1").Pixels);
        Assert.NotEqual(taken.Pixels, camera.Apply(picture, 9, "f2").Pixels);
    }

    [Fact]
    public void The_fixed_pattern_stays_with_the_camera()
    {
        var template = new CameraModel { FixedPattern = 0.02, ReadNoise = 1, ShotNoise = 1, Demosaicing = false, JpegQuality = 100 };
        var (one, other) = (template with { Name = "one" }, template with { Name = "other" });
        var a = Residual(one, "f1");
        Assert.True(Correlation(a, Residual(one, "f2")) > 0.3, "frames of one camera share its pattern");
        Assert.InRange(Correlation(a, Residual(other, "f1")), -0.1, 0.1);
        Assert.InRange(Correlation(Residual(one with { FixedPattern = 0 }, "f1"), Residual(one with { FixedPattern = 0 }, "f2")), -0.1,
            0.1);
    }

    [Fact]
    public void More_noise_and_more_blur_do_what_they_say()
    {
        var quiet = new CameraModel { FixedPattern = 0, ReadNoise = 0.3, ShotNoise = 0, Demosaicing = false, JpegQuality = 100 };
        Assert.True(Power(Residual(quiet with { ReadNoise = 4 }, "f")) > 4 * Power(Residual(quiet, "f")));
        var edge = new RgbImage(32, 32);
        for (var y = 0; y < 32; y++) for (var x = 16; x < 32; x++) edge[x, y].Fill(200);
        static int Step(RgbImage image) => image[16, 16][1] - image[15, 16][1];
        Assert.True(Step(quiet.Apply(edge, 1, "f")) > 1.3 * Step((quiet with { BlurSigma = 1.5 }).Apply(edge, 1, "f")));
    }

    private static RgbImage Grey(int width, int height)
    {
        var image = new RgbImage(width, height);
        Array.Fill(image.Pixels, (byte)128);
        return image;
    }

    private static double[] Residual(CameraModel camera, string frame) =>
        [.. camera.Apply(Grey(96, 96), 4, frame).Pixels.Where((_, i) => i % 3 == 1).Select(value => value - 128.0)];

    private static double Power(double[] values) => values.Average(value => value * value);

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        return a.Zip(b).Sum(pair => (pair.First - meanA) * (pair.Second - meanB)) / Math.Sqrt(
            a.Sum(v => (v - meanA) * (v - meanA)) * b.Sum(v => (v - meanB) * (v - meanB)));
    }
}
