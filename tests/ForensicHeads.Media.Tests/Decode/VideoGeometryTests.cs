namespace ForensicHeads.Media.Tests.Decode;

/// <summary>Every way in which a video says what its shape is.</summary>
public sealed class VideoGeometryTests : IDisposable
{
    private const string Exact = "-c:v libx264 -qp 2 -preset ultrafast -pix_fmt yuv444p -colorspace bt709";
    private const string Yuv = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv444p";
    private readonly TestFolder files = new();

    public VideoGeometryTests() => files.Write("ref.png", ImageCodec.EncodePng(ReferencePicture.Draw()));

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("square", "a.mp4", "")]
    [InlineData("SAR 3:2", "a.mp4", "scale=320:360,setsar=3/2,")]
    [InlineData("SAR 3:4", "a.mp4", "scale=640:360,setsar=3/4,")]
    [InlineData("SAR 16:11, mkv", "a.mkv", "scale=330:360,setsar=16/11,")]
    [InlineData("SAR 8:9, mov", "a.mov", "scale=540:360,setsar=8/9,")]
    [InlineData("SAR 4:3, ts", "a.ts", "scale=360:360,setsar=4/3,")]
    public void The_shape_of_a_pixel_is_heeded(string what, string name, string filter) => Check(what, Make(name, filter));

    [Theory]
    [InlineData("MPEG-2, PAL 16:9", "a.mpg", "-c:v mpeg2video -q:v 1 -pix_fmt yuv420p", "scale=360:360,setsar=4/3,")]
    [InlineData("VP9, webm", "a.webm", "-c:v libvpx-vp9 -crf 4 -b:v 0 -cpu-used 8 -pix_fmt yuv420p", "scale=320:360,setsar=3/2,")]
    public void Other_codecs_say_it_too(string what, string name, string codec, string filter) => Check(what,
        files.Make(name, $"-loop 1 -i {{dir}}/ref.png -frames:v 3 -vf {filter}{Yuv} {codec} -colorspace bt709 {{}}"), levels: 6);

    [Theory]
    [InlineData(90, "transpose=clock,")]
    [InlineData(180, "hflip,vflip,")]
    [InlineData(270, "transpose=cclock,")]
    public void A_turn_is_heeded_with_the_shape_of_a_pixel_as_stored(int degrees, string turn)
    {
        // Stored across: the long pixels lie as they are stored, whatever is done to the picture afterwards.
        Make("lying.mp4", $"{turn}scale='iw*2/3':ih,setsar=3/2,");
        Check($"turn {degrees} + SAR 3:2",
            files.Make("turned.mp4", $"-i {{dir}}/lying.mp4 -c copy -metadata:s:v:0 rotate={degrees} {{}}"));
    }

    [Theory]
    [InlineData("mirror", "hflip,", -1, 0, 0, 1)]
    [InlineData("flip", "vflip,", 1, 0, 0, -1)]
    [InlineData("transpose", "transpose=cclock_flip,", 0, 1, 1, 0)]
    [InlineData("transverse", "transpose=clock_flip,", 0, -1, -1, 0)]
    public void A_mirror_in_the_display_matrix_is_heeded(string what, string filter, int a, int b, int c, int d)
    {
        var path = Make("stored.mp4", filter);
        Mp4Edits.SetMatrix(path, a, b, c, d);
        Check(what, path);
        var facts = MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);
        Assert.True(facts.IsMirrored);
    }

    [Fact]
    public void A_clean_aperture_is_heeded()
    {
        var path = Make("whole.mp4", "pad=520:400:10:30:red,");
        Mp4Edits.AddAperture(path, 480, 360, -10, 10);
        Check("clap", path);
        var facts = MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((480, 360, 520, 400), (facts.Width, facts.Height, facts.StoredWidth, facts.StoredHeight));
        Assert.Contains("cropped to 480×360 of 520×400 pixels, as the file says", facts.Notes);
    }

    [Fact]
    public void A_cropping_in_Matroska_is_heeded()
    {
        var path = MakeVp9("pad=480:424:0:24:red,");
        MatroskaEdits.CropInPlaceOfSize(path, top: 24, bottom: 40);
        Check("mkv cropping", path);
    }

    [Theory]
    [InlineData(90, "transpose=clock,")]
    [InlineData(-90, "transpose=cclock,")]
    [InlineData(180, "hflip,vflip,")]
    public void A_turn_in_Matroska_is_heeded(int roll, string filter)
    {
        // The roll is counter-clockwise.
        var path = MakeVp9(filter);
        MatroskaEdits.RollInPlaceOfSize(path, roll);
        Check($"mkv roll {roll}", path);
    }

    [Fact]
    public void Facts_say_both_sizes()
    {
        var facts = MediaProbe.Inspect(Make("a.mp4", "scale=330:360,setsar=16/11,"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((480, 360, 330, 360, "16:11"),
            (facts.Width, facts.Height, facts.StoredWidth, facts.StoredHeight, facts.PixelAspect));
    }

    [Fact]
    public void A_shape_that_makes_frames_too_large_is_refused()
    {
        var path = Make("wide.mp4", "scale=320:180,setsar=200/1,");
        Assert.Contains("at most 1000000 pixels", Assert.Throws<MediaRejectedException>(() =>
            MediaProbe.Inspect(path, new MediaLimits { MaxPixels = 1_000_000 }, TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    private string Make(string name, string filter) =>
        files.Make(name, $"-loop 1 -i {{dir}}/ref.png -frames:v 3 -vf {filter}{Yuv} {Exact} {{}}");

    // A codec that knows nothing of shapes, in a file with a size on the screen that gives way to what is tested.
    private string MakeVp9(string filter) => files.Make("a.webm",
        $"-loop 1 -i {{dir}}/ref.png -frames:v 3 -vf {filter}setsar=2,{Yuv} -c:v libvpx-vp9 -lossless 1 -cpu-used 8 -colorspace bt709 "
        + "{}");

    private static void Check(string what, string path, double levels = 2)
    {
        var (frames, outcome) = VideoDecoderTests.Drain(path);
        Assert.Equal((MediaStatus.Ok, 3), (outcome.Status, frames.Count));
        // Two levels for 8-bit YUV; a tenth of a per cent for stretching pixels to their shape and back.
        ReferencePicture.Assert(what, frames[^1].Image, levels, 0.1);
    }
}
