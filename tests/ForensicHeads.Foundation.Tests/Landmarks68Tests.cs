namespace ForensicHeads.Foundation.Tests;

public class Landmarks68Tests
{
    private static readonly Landmarks68 Points = new([.. Enumerable.Range(0, 136).Select(i => (float)i)]);

    [Fact]
    public void Resizing_keeps_pixel_centres_where_they_belong()
    {
        // Halving: the centres of pixels 0 and 1 average to that of the new pixel 0, so x = 0.5 becomes 0.
        var values = new float[136];
        values[0] = 0.5f;
        values[1] = 6.5f;
        values[2] = -0.5f;
        values[3] = 7.5f;
        var half = new Landmarks68(values).Resize(8, 4);
        Assert.Equal((0f, 3f), half[0]);
        // The frame's outer edges, −0.5 and size − 0.5, stay the outer edges.
        Assert.Equal((-0.5f, 3.5f), half[1]);
    }

    [Fact]
    public void Resizing_there_and_back_changes_nothing()
    {
        var back = Points.Resize(256, 64).Resize(64, 256);
        // Pixels; four float32 roundings of values below 136.
        Assert.All(Points.Values.Zip(back.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Resizing_scales_distances_by_the_same_factor() =>
        Assert.Equal(Points.OuterEyeDistance / 4, Points.Resize(256, 64).OuterEyeDistance, 1e-4f);

    [Fact]
    public void The_outer_eye_distance_is_that_of_points_36_and_45() =>
        // x and y both differ by 18 pixels.
        Assert.Equal(18 * MathF.Sqrt(2), Points.OuterEyeDistance, 1e-4f);

    [Fact]
    public void Transforming_scales_then_shifts()
    {
        var moved = Points.Transform(2, 10, -1);
        Assert.Equal((10f, 1f), moved[0]);
        Assert.Equal(((2 * 134f) + 10, (2 * 135f) - 1), moved[67]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(135)]
    [InlineData(137)]
    public void Anything_but_136_values_is_refused(int count) =>
        Assert.Contains($"{count} values", Assert.Throws<ArgumentException>(() => new Landmarks68(new float[count])).Message,
            StringComparison.Ordinal);
}
