namespace ForensicHeads.Media.Tests.Decode;

/// <summary>Which of a file's pictures are read, and what files are known by.</summary>
public sealed class StreamTests : IDisposable
{
    private const string X264 = "-c:v libx264 -preset veryfast -pix_fmt yuv420p";
    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    public void The_default_stream_is_read_and_all_are_listed(string name)
    {
        var path = files.Make(name, "-f lavfi -i testsrc2=s=160x120:r=10:d=0.5 -f lavfi -i testsrc2=s=64x48:r=10:d=0.5 -map 0 -map 1 "
            + $"{X264} -disposition:v:0 0 -disposition:v:1 default {{}}");
        var facts = Facts(path);
        Assert.Equal((64, 48), (facts.Width, facts.Height));
        Assert.Contains("the file has 2 video streams: 0 (h264 160×120), 1 (h264 64×48); stream 1 was read", facts.Notes);
        Assert.Equal((5, 64), (VideoDecoderTests.Drain(path).Frames.Count, VideoDecoderTests.Drain(path).Frames[0].Image.Width));
    }

    [Fact]
    public void The_cover_of_sound_is_no_video()
    {
        files.Write("cover.png", ImageCodec.EncodePng(new RgbImage(64, 64)));
        var path = files.Make("a.m4a",
            "-f lavfi -i sine=d=1 -i {dir}/cover.png -map 0 -map 1 -c:a aac -c:v copy -disposition:v:0 attached_pic {}");
        Assert.Equal("no video stream; its only picture is a cover that goes with sound", Reason(path));
    }

    [Fact]
    public void The_cover_of_a_film_is_left_alone()
    {
        files.Write("cover.png", ImageCodec.EncodePng(new RgbImage(64, 64)));
        files.Make("film.mp4", $"-f lavfi -i testsrc2=s=160x120:r=10:d=0.5 {X264} {{}}");
        var path = files.Make("a.mp4", "-i {dir}/cover.png -i {dir}/film.mp4 -map 0 -map 1 -c copy -disposition:v:0 attached_pic {}");
        Assert.Equal((160, 5), (Facts(path).Width, VideoDecoderTests.Drain(path).Frames.Count));
    }

    [Theory]
    [InlineData("MPEG-2", "a.mpg", "-c:v mpeg2video -q:v 2 -flags +ildct+ilme -pix_fmt yuv420p")]
    [InlineData("H.264", "a.mp4", "-c:v libx264 -x264opts tff=1 -preset veryfast -pix_fmt yuv420p")]
    [InlineData("DV", "a.avi", "-c:v dvvideo -s 720x576 -pix_fmt yuv420p -r 25")]
    public void Fields_become_frames_with_a_note(string what, string name, string codec)
    {
        // A bar that moves by 16 pixels a field, woven into frames: every other line lies elsewhere.
        var path = files.Make(name, "-f lavfi -i color=black:s=720x576:r=50:d=0.8 -f lavfi -i color=white:s=40x576:r=50:d=0.8 "
            + $"-filter_complex [0][1]overlay=x='n*16':y=0,interlace=scan={(what == "DV" ? "bff" : "tff")}:lowpass=0 {codec} {{}}");
        var facts = Facts(path);
        Assert.Contains("interlaced: fields were made into frames (bwdif)", facts.Notes);
        Assert.True(facts.IsDeinterlaced);
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal((MediaStatus.Ok, 20), (outcome.Status, frames.Count));
        var comb = frames.Skip(3).Take(14).Max(frame => Comb(frame.Image));
        TestContext.Current.TestOutputHelper?.WriteLine($"| interlaced, {what}: mean step from line to line | {comb:0.0} | |");
        // Combed, they are some eleven grey levels on average: two edges of the bar, 16 pixels each, of 720.
        Assert.InRange(comb, 0, 2);
    }

    [Fact]
    public void A_progressive_video_is_not_deinterlaced() => Assert.Empty(Facts(files.Video()).Notes);

    [Theory]
    [InlineData("a.3gp", "mp4", "-c:v h263 -s 176x144")]
    [InlineData("a.ts", "mpeg-ts", "-c:v mpeg2video")]
    [InlineData("a.m2ts", "mpeg-ts", "-c:v mpeg2video -mpegts_m2ts_mode 1")]
    [InlineData("a.vob", "mpeg-ps", "-c:v mpeg2video")]
    [InlineData("a.webm", "matroska", "-c:v libvpx")]
    [InlineData("a.flv", "flv", "-c:v flv1")]
    public void A_file_is_known_by_its_first_bytes(string name, string container, string codec)
    {
        var made = files.Make(name, $"-f lavfi -i testsrc2=s=352x288:r=25:d=0.4 -pix_fmt yuv420p {codec} {{}}");
        File.Move(made, files["unnamed"]);
        var (frames, outcome) = VideoDecoderTests.Drain(files["unnamed"]);
        Assert.Equal((container, MediaStatus.Ok, 10), (Facts(files["unnamed"]).Container, outcome.Status, frames.Count));
    }

    [Theory]
    [InlineData("heic")]
    [InlineData("heix")]
    [InlineData("mif1")]
    public void HEIC_is_named_with_the_remedy(string brand)
    {
        byte[] head = [0, 0, 0, 24, .. "ftyp"u8, .. System.Text.Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. "mif1heic"u8, 0, 0, 0, 0];
        Assert.StartsWith("a HEIC photo, which is not read; convert it", Reason(files.Write("a.jpg", head)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_animated_PNG_is_a_video_over_white()
    {
        var path = files.Make("a.png", "-f lavfi -i color=red:s=32x32:r=10:d=0.3,format=rgba,"
            + "geq=r=200:g=40:b=60:a='if(lt(X\\,16)\\,255\\,0)' -f apng -plays 0 {}");
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal(("apng", false, MediaStatus.Ok), (Facts(path).Container, Facts(path).IsPhoto, outcome.Status));
        Assert.NotEmpty(frames);
        Assert.Equal([200, 40, 60], frames[^1].Image[4, 4].ToArray());
        Assert.Equal([255, 255, 255], frames[^1].Image[28, 4].ToArray());
    }

    [Fact]
    public void An_animated_PNG_does_not_show_a_picture_that_stands_outside_of_it()
    {
        // Drawn in green for those who know no animations; the animation itself is red and blue.
        var (red, blue, green) = (Flat(200, 0, 0), Flat(0, 0, 200), Flat(0, 200, 0));
        byte[] Control(int number) => [0, 0, 0, (byte)number, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0];
        byte[] Frame(int number, RgbImage image) => PhotoEdits.PngChunk("fdAT", [0, 0, 0, (byte)number, .. Data(image)]);
        var still = ImageCodec.EncodePng(green);
        var path = files.Write("a.png",
        [
            .. still[..33], .. PhotoEdits.PngChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), .. PhotoEdits.PngChunk("IDAT", Data(green)),
            .. PhotoEdits.PngChunk("fcTL", Control(0)), .. Frame(1, red), .. PhotoEdits.PngChunk("fcTL", Control(2)), .. Frame(3, blue),
            .. PhotoEdits.PngChunk("IEND", []),
        ]);
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal((MediaStatus.Ok, 2), (outcome.Status, frames.Count));
        Assert.Equal([200, 0, 0], frames[0].Image[4, 4].ToArray());
        Assert.Equal([0, 0, 200], frames[1].Image[4, 4].ToArray());
        Assert.Equal(0.5, frames[1].TimeS, 0.001);
    }

    [Fact]
    public void An_animated_WebP_is_a_video_over_white()
    {
        var path = files.Make("a.webp", "-f lavfi -i color=red:s=64x48:r=10:d=0.5,format=rgba,"
            + "geq=r=200:g=40:b=60:a='if(lt(X\\,16+16*N)\\,255\\,0)' -c:v libwebp_anim -lossless 1 -loop 0 {}");
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal(("webp", false, MediaStatus.Ok), (Facts(path).Container, Facts(path).IsPhoto, outcome.Status));
        Assert.InRange(frames.Count, 3, 5);
        Assert.Equal([200, 40, 60], frames[0].Image[8, 8].ToArray());
        Assert.Equal([255, 255, 255], frames[0].Image[20, 8].ToArray());
        Assert.Equal([200, 40, 60], frames[1].Image[20, 8].ToArray());
        Assert.Equal(0.1, frames[1].TimeS - frames[0].TimeS, 0.002);
    }

    private static double Comb(RgbImage image)
    {
        double sum = 0;
        for (var y = 100; y < image.Height - 100; y++)
            for (var x = 0; x < image.Width; x++) sum += Math.Abs(image[x, y][1] - image[x, y + 1][1]);
        return sum / ((image.Height - 200) * image.Width);
    }

    private static RgbImage Flat(byte r, byte g, byte b)
    {
        var image = new RgbImage(8, 8);
        for (var i = 0; i < image.Pixels.Length; i += 3) (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (r, g, b);
        return image;
    }

    private static byte[] Data(RgbImage image)
    {
        var png = ImageCodec.EncodePng(image);
        var at = png.AsSpan().IndexOf("IDAT"u8);
        return png.AsSpan(at + 4, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4))).ToArray();
    }

    private static MediaFacts Facts(string path) => MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);

    private static string Reason(string path) =>
        Assert.Throws<MediaRejectedException>(() => MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken)).Message;
}
