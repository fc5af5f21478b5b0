namespace ForensicHeads.Faces.Tests;

public sealed class FaceAlignmentTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.6, 0.7)]
    [InlineData(-1.2, 1.4)]
    public void An_upright_face_has_eyes_and_chin_at_fixed_places(double angle, double scale)
    {
        // Eyes' middle at (33, 27), chin 18 px · scale below, turned; seen at half the way to the chin, whose spot the lower edge would
        // cut.
        var (chinX, chinY) = (33 - (18 * scale * Math.Sin(angle)), 27 + (18 * scale * Math.Cos(angle)));
        var values = new float[136];
        for (var i = 36; i <= 47; i++) (values[2 * i], values[(2 * i) + 1]) = (33, 27);
        (values[16], values[17]) = ((float)chinX, (float)chinY);
        var landmarks = new Landmarks68(values);
        Near((31.5, 0.47 * 64), Centre(FaceAlignment.Upright(Dot(33, 27), landmarks, FaceJitter.None)));
        Near((31.5, 0.71 * 64), Centre(FaceAlignment.Upright(Dot((33 + chinX) / 2, (27 + chinY) / 2), landmarks, FaceJitter.None)));
    }

    [Fact]
    public void Landmarks_move_with_their_picture()
    {
        var jitter = new FaceJitter(1.2, 0.3, 2, -3);
        var landmarks = new Landmarks68([.. Enumerable.Repeat(new[] { 41f, 25f }, 68).SelectMany(point => point)]);
        var moved = FaceAlignment.Move(landmarks, 64, jitter);
        Assert.NotEqual(41, moved[0].X, 1.0);
        Near((moved[0].X, moved[0].Y), Centre(FaceAlignment.Move(Dot(41, 25), jitter)));
    }

    // Grey with a bright round spot, so that the centre of what is brighter than grey says where it went.
    private static RgbImage Dot(double x, double y)
    {
        var image = new RgbImage(64, 64);
        for (var row = 0; row < 64; row++)
        {
            for (var column = 0; column < 64; column++) image[column, row]
                .Fill((byte)(128 + (127 * Math.Exp(-(((column - x) * (column - x)) + ((row - y) * (row - y))) / 4))));
        }

        return image;
    }

    private static (double X, double Y) Centre(RgbImage image)
    {
        double x = 0, y = 0, sum = 0;
        for (var row = 0; row < 64; row++)
        {
            for (var column = 0; column < 64; column++)
            {
                var weight = image[column, row][0] - 128.0;
                (x, y, sum) = (x + (weight * column), y + (weight * row), sum + weight);
            }
        }

        return (x / sum, y / sum);
    }

    // Pixels.
    private static void Near((double X, double Y) expected, (double X, double Y) actual)
    {
        Assert.Equal(expected.X, actual.X, 0.1);
        Assert.Equal(expected.Y, actual.Y, 0.1);
    }
}
