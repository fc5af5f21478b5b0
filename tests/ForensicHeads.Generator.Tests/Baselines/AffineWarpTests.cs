namespace ForensicHeads.Generator.Tests.Baselines;

public class AffineWarpTests
{
    [Fact]
    public void Unmoved_landmarks_give_back_the_picture()
    {
        var random = new SeededRandom(1, "noise");
        var image = new RgbImage(64, 64);
        foreach (ref var value in image.Pixels.AsSpan()) value = (byte)random.NextInt(256);
        var landmarks = Landmarks(0, 0);
        // Grey levels: the weights sum to one up to rounding.
        Assert.All(image.Pixels.Zip(AffineWarp.Warp(new Shot(image, landmarks), landmarks).Pixels), pair =>
            Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
    }

    [Theory]
    [InlineData(0, 4, 3)]
    [InlineData(30, -5, 2)]
    [InlineData(67, 0, -6)]
    public void A_bright_dot_at_a_landmark_follows_it(int index, int dx, int dy)
    {
        var from = Landmarks(0, 0);
        var image = new RgbImage(64, 64);
        var (x, y) = ((int)from[index].X, (int)from[index].Y);
        image[x, y].Fill(255);
        var warped = AffineWarp.Warp(new Shot(image, from), Landmarks(dx, dy));
        Assert.Equal(255, warped[x + dx, y + dy][0]);
        Assert.Equal(0, warped[x, y][0]);
    }

    [Fact]
    public void The_frames_border_stays()
    {
        var image = new RgbImage(64, 64);
        foreach (var (x, y) in new[] { (0, 0), (63, 0), (0, 63), (63, 63) }) image[x, y].Fill(200);
        var warped = AffineWarp.Warp(new Shot(image, Landmarks(0, 0)), Landmarks(5, 5));
        foreach (var (x, y) in new[] { (0, 0), (63, 0), (0, 63), (63, 63) }) Assert.InRange(warped[x, y][0], 199, 200);
    }

    [Fact]
    public void The_nearest_shot_by_landmarks_is_copied_as_it_is()
    {
        Shot[] shots = [.. Enumerable.Range(0, 4).Select(i => new Shot(TinyScene.Picture(i, 0), Landmarks(3 * i, 0)))];
        var made = TinyScene.Make("nearest-shot", shots, [Landmarks(7, 0), Landmarks(-9, 1)]);
        Assert.Equal(shots[2].Image.Pixels, made[0].Pixels);
        Assert.Equal(shots[0].Image.Pixels, made[1].Pixels);
        made[0].Pixels[0]++;
        Assert.NotEqual(made[0].Pixels[0], shots[2].Image.Pixels[0]);
    }

    // A grid of whole pixels, so that a dot lies on one pixel.
    private static Landmarks68 Landmarks(int dx, int dy) =>
        new([.. Enumerable.Range(0, 68).SelectMany(i => new[] { 16f + (i % 9 * 4) + dx, 16f + (i / 9 * 4) + dy })]);
}
