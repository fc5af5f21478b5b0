namespace ForensicHeads.Media.Tests;

public class ImageCodecTests
{
    [Fact]
    public void A_png_gives_back_every_byte()
    {
        var image = new RgbImage(13, 7);
        new Random(1).NextBytes(image.Pixels);
        var png = ImageCodec.EncodePng(image);
        Assert.Equal(image.Pixels, ImageCodec.Decode(png).Pixels);
        Assert.Equal(png, ImageCodec.EncodePng(image));
    }

    [Fact]
    public void The_first_byte_of_a_pixel_is_red()
    {
        var image = new RgbImage(8, 8);
        for (var i = 0; i < 64; i++) image.Pixels[3 * i] = 255;
        var decoded = ImageCodec.Decode(ImageCodec.EncodeJpeg(image, 95));
        // JPEG of one flat colour: within two grey levels.
        Assert.InRange(decoded[4, 4][0], 253, 255);
        Assert.InRange(decoded[4, 4][2], 0, 2);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(37, 21)]
    public void A_round_trip_differs_by_what_the_decoded_jpeg_differs_by(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(3).NextBytes(image.Pixels);
        int[] qualities = [1, 50, 90, 100];
        var differences = new double[4];
        JpegRoundTrip.MeanSquaredDifferences(image, qualities, differences);
        foreach (var (quality, difference) in qualities.Zip(differences))
        {
            var copy = ImageCodec.Decode(ImageCodec.EncodeJpeg(image, quality)).Pixels;
            Assert.Equal(image.Pixels.Zip(copy, (a, b) => (double)(a - b) * (a - b)).Average(), difference, 1e-9);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => JpegRoundTrip.MeanSquaredDifferences(image, [101], differences));
    }

    [Fact]
    public void Halving_takes_the_mean_of_four_pixels()
    {
        var image = new RgbImage(2, 2, [0, 0, 0, 100, 0, 0, 20, 0, 0, 40, 8, 4]);
        Assert.Equal([40, 2, 1], ImageResize.Area(image, 1, 1).Pixels);
    }
}
