namespace ForensicHeads.Generator.Tests.Frames;

public class LandmarkRasterTests
{
    public static TheoryData<int, int, bool, int[]> Strokes => new()
    {
        { 0, 16, false, [255, 255, 255] },
        { 17, 21, false, [255, 0, 0] },
        { 22, 26, false, [0, 255, 0] },
        { 27, 30, false, [0, 0, 255] },
        { 31, 35, false, [0, 0, 255] },
        { 36, 41, true, [255, 0, 255] },
        { 42, 47, true, [0, 255, 255] },
        { 48, 59, true, [255, 255, 0] },
    };

    [Theory]
    [MemberData(nameof(Strokes), DisableDiscoveryEnumeration = true)]
    public void Each_stroke_joins_its_own_points_in_its_own_colour(int first, int last, bool closed, int[] colour)
    {
        // All points far outside, but those of the stroke on a convex arc whose chord is seen only if the stroke is closed.
        var image = LandmarkRaster.Draw(Arc(first, last), 64);
        for (var i = first; i <= last; i++)
        {
            var (x, y) = Point(i - first, last - first);
            Assert.Equal(colour, image[x, y].ToArray().Select(value => (int)value));
        }

        var lit = Enumerable.Range(0, 64 * 64).Where(i => image.Pixels[3 * i] + image.Pixels[(3 * i) + 1] + image.Pixels[(3 * i) + 2] > 0)
            .ToArray();
        Assert.All(lit, i => Assert.Equal(colour, image[i % 64, i / 64].ToArray().Select(value => (int)value)));
        // In the middle column a closed stroke is met twice: by the arc and by the chord under it.
        var middle = 4 + (3 * (last - first) / 2);
        var runs = Enumerable.Range(1, 63).Count(y => Lit(image, middle, y) && !Lit(image, middle, y - 1));
        Assert.Equal(closed ? 2 : 1, runs);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(128, 1)]
    [InlineData(256, 2)]
    public void Lines_are_one_pixel_wide_and_two_from_256_on(int size, int width)
    {
        var values = Outside();
        for (var i = 0; i <= 16; i++) (values[2 * i], values[(2 * i) + 1]) = (i * 3, 20);
        var image = LandmarkRaster.Draw(new Landmarks68(values), size);
        Assert.Equal(width, Enumerable.Range(0, size).Count(y => image[24, y][0] == 255));
    }

    [Fact]
    public void The_inner_lip_is_not_drawn() =>
        Assert.All(LandmarkRaster.Draw(Arc(60, 67), 64).Pixels, value => Assert.Equal(0, value));

    [Fact]
    public void Nothing_is_blended()
    {
        var image = LandmarkRaster.Draw(TinyScene.Face(0), 64);
        Assert.All(image.Pixels, value => Assert.True(value is 0 or 255));
    }

    [Fact]
    public void Wild_landmarks_end_and_draw_nothing_inside()
    {
        var values = new float[136];
        Array.Fill(values, float.NaN);
        values[0] = float.PositiveInfinity;
        values[3] = -1e30f;
        Assert.Equal(64, LandmarkRaster.Draw(new Landmarks68(values), 64).Width);
    }

    private static float[] Outside() => [.. Enumerable.Repeat(-60f, 136)];

    private static bool Lit(RgbImage image, int x, int y) => image[x, y].ToArray().Any(value => value > 0);

    private static (int X, int Y) Point(int i, int last) => (4 + (3 * i), 10 + (40 * i * i / (last * last)));

    private static Landmarks68 Arc(int first, int last)
    {
        var values = Outside();
        for (var i = first; i <= last; i++) (values[2 * i], values[(2 * i) + 1]) = Point(i - first, last - first);
        return new Landmarks68(values);
    }
}
