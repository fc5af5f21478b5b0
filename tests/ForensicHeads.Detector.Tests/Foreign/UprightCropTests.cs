namespace ForensicHeads.Detector.Tests.Foreign;

/// <summary>The crop of MesoNet.</summary>
public class UprightCropTests
{
    [Theory]
    [InlineData(0, 0.35)]
    [InlineData(25, 0.35)]
    [InlineData(-40, 1.2)]
    public void The_crop_is_a_turned_square_about_the_nose(double degrees, double scale)
    {
        // Red rises with x and green with y, so that a bilinear sample tells where it was taken, to half a level of rounding.
        var image = new RgbImage(250, 250);
        for (var y = 0; y < 250; y++)
        {
            for (var x = 0; x < 250; x++) (image[x, y][0], image[x, y][1]) = ((byte)x, (byte)y);
        }

        var (sin, cos) = (Math.Sin(degrees * Math.PI / 180), Math.Cos(degrees * Math.PI / 180));
        // In the face's own axes: eyes 40 apart at height -20, nose at 0, mouth at 30; so the longer distance is 50.
        var crop = Crop(image, Face((x, y) => (120 + (scale * ((cos * x) - (sin * y))), 125 + (scale * ((sin * x) + (cos * y))))));
        Assert.Equal((256, 256), (crop.Width, crop.Height));
        var side = 1.3 * 2.2 * 50;
        var seen = 0;
        for (var row = 0; row < 256; row += 15)
        {
            for (var column = 0; column < 256; column += 15)
            {
                var (u, v) = (side * (((column + 0.5) / 256) - 0.5), side * (((row + 0.5) / 256) - 0.5));
                var (x, y) = (120 + (scale * ((cos * u) - (sin * v))), 125 + (scale * ((sin * u) + (cos * v))));
                if (x is < 0 or > 249 || y is < 0 or > 249) continue;
                Assert.InRange(crop[column, row][0] - x, -0.51, 0.51);
                Assert.InRange(crop[column, row][1] - y, -0.51, 0.51);
                seen++;
            }
        }

        Assert.True(seen > 100);
    }

    [Fact]
    public void What_lies_outside_the_picture_is_its_mirror_image()
    {
        var image = new RgbImage(40, 40);
        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < 40; x++) image[x, y][0] = (byte)(6 * x);
        }

        // The square is 143 px wide about column 20: its left end lies at about -51, which two mirrors bring back to 27.
        var crop = Crop(image, Face((x, y) => (20 + x, 20 + y)));
        Assert.InRange(crop[0, 128][0] / 6.0, 26.5, 27.6);
    }

    [Theory]
    [InlineData(0.35, "d773a72c35552dc37b82ed72617808d9aece9a447ca2d5993c")]
    [InlineData(1.2, "0c4c3ab1b404c5302ea001301246a5f951176d074ad07c4496")]
    [InlineData(4, "a80882b84ff9fcf98ec7f631943845d72ea07edd8715d7b9ac")]
    public void The_bytes_are_those_of_the_code_that_was_written_for_MesoNet_alone(double scale, string beginning)
    {
        var face = Face((x, y) => (120 + (scale * ((0.9 * x) - (0.3 * y))), 125 + (scale * ((0.3 * x) + (0.9 * y)))));
        var crop = Crop(Pictures.Formula(250), face);
        Assert.StartsWith(beginning, Hashes.Of(crop.Pixels), StringComparison.Ordinal);
    }

    private static RgbImage Crop(RgbImage image, Landmarks68 landmarks) =>
        ForeignCrop.Of(new ForeignSample("k", image, landmarks), MesoDetectors.Crop, MesoDetectors.Input)!;

    private static Landmarks68 Face(Func<double, double, (double X, double Y)> place)
    {
        var values = new float[136];
        for (var i = 0; i < 68; i++)
        {
            var (x, y) = i switch
            {
                >= 36 and < 42 => (-20, -20),
                >= 42 and < 48 => (20, -20),
                >= 48 => (0, 30),
                >= 27 => (0, 0),
                _ =>
                (500, 500)
            };
            var (px, py) = place(x, y);
            (values[2 * i], values[(2 * i) + 1]) = ((float)px, (float)py);
        }

        return new Landmarks68(values);
    }
}
