namespace ForensicHeads.Foundation.Tests;

public class RgbImageTests
{
    [Fact]
    public void A_pixel_is_found_by_column_then_row()
    {
        var image = new RgbImage(3, 2, [.. Enumerable.Range(0, 18).Select(i => (byte)i)]);
        Assert.Equal([15, 16, 17], image[2, 1].ToArray());
        image[0, 1][1] = 99;
        Assert.Equal(99, image.Pixels[10]);
    }

    [Fact]
    public void A_new_picture_is_black() => Assert.All(new RgbImage(4, 5).Pixels, value => Assert.Equal(0, value));

    [Fact]
    public void A_clone_shares_no_memory()
    {
        var image = new RgbImage(1, 1);
        image.Clone().Pixels[0] = 7;
        Assert.Equal(0, image.Pixels[0]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, -1)]
    public void Sides_below_one_pixel_are_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RgbImage(width, height, []));

    [Fact]
    public void A_buffer_of_another_size_is_refused_with_both_numbers()
    {
        var error = Assert.Throws<ArgumentException>(() => new RgbImage(2, 2, new byte[11]));
        Assert.Contains("11 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("12 were expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_whose_product_overflows_32_bits_are_refused_not_wrapped() =>
        // 65536² · 3 is 0 modulo 2³².
        Assert.Throws<ArgumentException>(() => new RgbImage(65536, 65536, []));
}
