namespace ForensicHeads.Media.Tests.Decode;

public sealed class PhotoReaderTests : IDisposable
{
    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("a.png", "rgb24")]
    [InlineData("a.png", "gray")]
    [InlineData("a.png", "rgb48be")]
    [InlineData("a.png", "gray16be")]
    [InlineData("a.png", "rgba")]
    [InlineData("a.jpg", "yuvj420p")]
    [InlineData("a.bmp", "bgr24")]
    [InlineData("a.tiff", "rgb24")]
    [InlineData("a.pgm", "gray")]
    [InlineData("a.ppm", "rgb24")]
    public void Every_kind_becomes_eight_bit_rgb(string name, string format)
    {
        var photo = PhotoReader.Read(files.Make(name, $"-f lavfi -i color=0x808080:size=20x10 -frames:v 1 -pix_fmt {format} {{}}"),
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((20, 10, MediaStatus.Ok), (photo.Image.Width, photo.Image.Height, photo.Status));
        // Two levels for the YUV formats.
        foreach (var value in photo.Image.Pixels) Assert.Equal(128, value, 2.0);
    }

    [Fact]
    public void A_transparent_pixel_is_shown_over_white()
    {
        var photo = PhotoReader.Read(files.Make("clear.png", "-f lavfi -i color=red@0.0:size=4x4,format=rgba -frames:v 1 {}"),
            cancellation: TestContext.Current.CancellationToken);
        Assert.All(photo.Image.Pixels, value => Assert.Equal(255, value));
    }

    [Fact]
    public void A_single_pixel_is_read() =>
        Assert.Equal((1, 1),
            (PhotoReader.Read(files.Write("one.png", ImageCodec.EncodePng(new RgbImage(1, 1))),
            cancellation: TestContext.Current.CancellationToken).Image.Width, 1));

    [Fact]
    public void An_exif_rotation_is_applied()
    {
        var image = new RgbImage(40, 20);
        image.Pixels.AsSpan().Fill(90);
        var jpeg = ImageCodec.EncodeJpeg(image, 95);
        // APP1 with one little-endian TIFF entry: Orientation (0x0112) = 6, a quarter turn clockwise.
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        var photo = PhotoReader.Read(
            files.Write("turned.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]]), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((20, 40, 20, 40), (photo.Image.Width, photo.Image.Height, photo.Facts.Width, photo.Facts.Height));
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    public void A_cut_picture_is_partial_or_refused_with_a_reason(string kind)
    {
        var image = new RgbImage(128, 128);
        new Random(3).NextBytes(image.Pixels);
        var bytes = kind == "png" ? ImageCodec.EncodePng(image) : ImageCodec.EncodeJpeg(image, 90);
        var path = files.Write("cut", bytes[..(bytes.Length / 2)]);
        try
        {
            var photo = PhotoReader.Read(path, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(MediaStatus.Partial, photo.Status);
            Assert.Equal($"the {kind} data end before the picture does", photo.Reason);
        }
        catch (MediaRejectedException refusal)
        {
            Assert.StartsWith($"the {kind} data cannot be decoded", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_video_is_no_photo() => Assert.Equal(
        "a mp4 video, where a photo was expected",
            Assert.Throws<MediaRejectedException>(() =>
                PhotoReader.Read(files.Video(), cancellation: TestContext.Current.CancellationToken)).Message);
}
