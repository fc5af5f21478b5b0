namespace ForensicHeads.Media.Tests.Tracking;

public class CropWindowTests
{
    [Fact]
    public void Landmarks_move_with_the_pixels()
    {
        // One white block of four pixels: its centre must be where the landmark goes.
        var image = new RgbImage(64, 64);
        foreach (var (x, y) in new[] { (30, 20), (31, 20), (30, 21), (31, 21) }) image[x, y].Fill(255);
        var window = new CropWindow(10, 8, 32);
        var crop = window.Cut(image, 16);
        var values = new float[136];
        (values[0], values[1]) = (30.5f, 20.5f);
        var (cx, cy) = window.ToCrop(new Landmarks68(values), 16)[0];
        Assert.Equal((10f, 6f), (cx, cy));
        Assert.Equal(255, crop[10, 6][0]);
        Assert.Equal(255 * 3, crop.Pixels.Sum(p => p));
    }

    [Fact]
    public void Outside_the_picture_its_edge_is_repeated()
    {
        var image = new RgbImage(4, 4);
        image.Pixels.AsSpan().Fill(10);
        image[0, 0].Fill(200);
        var crop = new CropWindow(-4, -4, 8).Cut(image, 8);
        Assert.Equal(200, crop[0, 0][0]);
        Assert.Equal(200, crop[4, 4][0]);
        Assert.Equal(10, crop[7, 7][0]);
    }

    [Fact]
    public void A_window_that_lies_wholly_outside_does_not_fail() =>
        Assert.Equal(8, new CropWindow(100, 100, 20).Cut(new RgbImage(4, 4), 8).Width);
}
