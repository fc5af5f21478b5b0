namespace ForensicHeads.Media.Tests.Decode;

/// <summary>Every way in which a video says what its colours are.</summary>
public sealed class VideoColourTests : IDisposable
{
    private const string X264 = "-c:v libx264 -qp 2 -preset ultrafast";

    private const string Linear =
        "format=gbrp,setparams=colorspace=gbr:color_primaries=bt709:color_trc=iec61966-2-1:range=pc,zscale=t=linear:npl=203,"
        + "format=gbrpf32le";

    private readonly TestFolder files = new();

    public VideoColourTests() => files.Write("ref.png", ImageCodec.EncodePng(ReferencePicture.Draw()));

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("BT.709, limited", "bt709", "tv", "yuv420p", "-colorspace bt709 -color_range tv", null)]
    [InlineData("BT.709, full", "bt709", "pc", "yuv420p", "-colorspace bt709 -color_range pc", null)]
    [InlineData("BT.601, limited", "bt601", "tv", "yuv420p", "-colorspace smpte170m -color_range tv", null)]
    [InlineData("BT.601, full", "bt601", "pc", "yuv444p", "-colorspace bt470bg -color_range pc", null)]
    [InlineData("FCC, limited", "fcc", "tv", "yuv420p", "-colorspace fcc -color_range tv", null)]
    [InlineData("SMPTE 240M, limited", "smpte240m", "tv", "yuv420p", "-colorspace smpte240m -color_range tv", null)]
    [InlineData("untagged, 360 lines", "bt601", "tv", "yuv420p", "", "matrix bt601, range tv")]
    [InlineData("10 bits", "bt709", "tv", "yuv420p10le", "-colorspace bt709 -color_range tv", null)]
    [InlineData("4:2:2", "bt709", "tv", "yuv422p", "-colorspace bt709 -color_range tv", null)]
    public void Matrix_and_range_are_heeded(string what, string matrix, string range, string format, string tags, string? assumed)
    {
        var path = files.Make("a.mp4", $"-loop 1 -i {{dir}}/ref.png -frames:v 2 -vf scale=out_color_matrix={matrix}:out_range={range}:"
            + $"flags=accurate_rnd+full_chroma_int,format={format} {X264} {tags} {{}}");
        Check(what, path, 2.5);
        Assert.Equal(assumed, Facts(path).Assumed);
    }

    [Theory]
    [InlineData(720, "bt709")]
    [InlineData(718, "bt601")]
    public void Untagged_is_HD_from_720_lines_on(int lines, string matrix)
    {
        var path = files.Make("a.mp4", $"-loop 1 -i {{dir}}/ref.png -frames:v 2 -vf pad=480:{lines}:0:0:red,"
            + $"scale=out_color_matrix={matrix}:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p {X264} {{}}");
        Assert.Equal($"matrix {matrix}, range tv", Facts(path).Assumed);
        var image = VideoDecoderTests.Drain(path).Frames[0].Image;
        ReferencePicture.Assert($"untagged, {lines} lines",
            new RgbImage(480, 360, image.Pixels[..(3 * 480 * 360)]), 2.5, 0.1);
    }

    [Theory]
    [InlineData("GBR, full", "a.mp4", "format=rgb24", "-c:v libx264rgb -qp 1")]
    [InlineData("RGB, FFV1", "a.mkv", "format=bgr0", "-c:v ffv1")]
    [InlineData("RGB, 10 bits", "a.mkv", "format=gbrp10le", "-c:v ffv1")]
    [InlineData("MJPEG", "a.avi", "format=yuvj444p", "-c:v mjpeg -q:v 1")]
    public void RGB_and_JPEG_need_no_matrix(string what, string name, string filter, string codec) => Check(what,
        files.Make(name, $"-loop 1 -i {{dir}}/ref.png -frames:v 2 -vf {filter} {codec} {{}}"), 3);

    // A step of green in 8 bits is 0.010 of light beside white. BT.2020 to BT.709 takes 0.588 of it from a red that is nearly none, where
    // a level is 0.00087: seven levels, of which a processor's own rounding in the encoder decides.
    [Theory]
    [InlineData("BT.2020 SDR", "bt2020", "bt2020-10", "bt2020nc", "yuv420p10le", 3.5)]
    [InlineData("BT.2020 SDR, 8 bits", "bt2020", "bt709", "bt2020nc", "yuv420p", 7)]
    [InlineData("SMPTE-C primaries", "smpte170m", "smpte170m", "smpte170m", "yuv420p", 3.5)]
    [InlineData("EBU primaries", "bt470bg", "smpte170m", "bt470bg", "yuv420p", 3.5)]
    [InlineData("P3-D65 primaries", "smpte432", "bt709", "bt709", "yuv420p10le", 3.5)]
    [InlineData("P3-DCI primaries", "smpte431", "bt709", "bt709", "yuv420p10le", 3.5)]
    public void Primaries_are_brought_to_BT_709(
        string what, string primaries, string transfer, string matrix, string format, double most) => Check(what,
        files.Make("a.mp4", "-loop 1 -i {dir}/ref.png -frames:v 2 -vf format=gbrp,setparams=colorspace=gbr:color_primaries=bt709:"
            + $"color_trc=bt709:range=pc,zscale=p={primaries}:t={transfer}:m={matrix}:r=tv,format={format} {X264} "
            + $"-color_primaries {primaries} -color_trc {transfer} -colorspace {matrix} -color_range tv {{}}"), most);

    [Theory]
    [InlineData("PQ", "PQ", "smpte2084", "yuv420p10le", "tv")]
    [InlineData("PQ, full", "PQ", "smpte2084", "yuv444p10le", "pc")]
    [InlineData("HLG", "HLG", "arib-std-b67", "yuv420p10le", "tv")]
    [InlineData("HLG, 8 bits", "HLG", "arib-std-b67", "yuv420p", "tv")]
    public void High_dynamic_range_is_tone_mapped_with_a_warning(string what, string kind, string transfer, string format, string range)
    {
        var path = files.Make("a.mp4", $"-loop 1 -i {{dir}}/ref.png -frames:v 2 -vf {Linear},zscale=p=bt2020:t={transfer}:m=bt2020nc:"
            + $"r={range}:npl=203,format={format} {X264} -color_primaries bt2020 -color_trc {transfer} -colorspace bt2020nc "
            + $"-color_range {range} {{}}");
        Check(what, path, format == "yuv420p" ? 6.5 : 1.5);
        var facts = Facts(path);
        Assert.Equal(kind, facts.ToneMapped);
        Assert.Equal([$"tone-mapped: it is in high dynamic range ({kind}) and was brought to SDR by a curve"], facts.Warnings);
    }

    [Fact]
    public void Light_beyond_white_keeps_an_order_and_its_hue()
    {
        double before = 0;
        foreach (var light in new[] { 0.5, 0.94, 1, 1.5, 2.5, 4.9 })
        {
            var mapped = TransferCurve.ToneMap(light);
            Assert.InRange(mapped, before + 1e-4, 1);
            if (light < 0.95) Assert.Equal(light, mapped);
            before = mapped;
        }

        Assert.Equal(1, TransferCurve.ToneMap(TransferCurve.PeakNits / TransferCurve.WhiteNits), 6);
        // A diffuse white loses three grey levels at most.
        Assert.InRange(255 * TransferCurve.ToSrgb(TransferCurve.ToneMap(1)), 252, 255);
    }

    [Theory]
    [InlineData("VP8 with alpha", "a.webm", "yuva420p", "-c:v libvpx -auto-alt-ref 0 -crf 4 -b:v 4M")]
    [InlineData("VP9 with alpha", "a.webm", "yuva420p", "-c:v libvpx-vp9 -crf 4 -b:v 0 -cpu-used 8")]
    [InlineData("FFV1 with alpha", "a.mkv", "bgra", "-c:v ffv1")]
    [InlineData("QuickTime Animation with alpha", "a.mov", "argb", "-c:v qtrle")]
    [InlineData("ProRes 4444 with alpha", "a.mov", "yuva444p10le", "-c:v prores_ks -profile:v 4444 -q:v 1")]
    public void What_is_transparent_is_white(string what, string name, string format, string codec)
    {
        var path = files.Make(name, "-f lavfi -i color=red:s=64x48:r=5:d=0.4,format=rgba,geq=r=200:g=40:b=60:a='if(lt(X\\,32)\\,255\\,0)' "
            + $"-vf scale=out_color_matrix=bt601,format={format} {codec} {{}}");
        var image = VideoDecoderTests.Drain(path).Frames[0].Image;
        var error = new[] { (10, 0, 200), (10, 1, 40), (10, 2, 60), (54, 0, 255), (54, 1, 255), (54, 2, 255) }
            .Max(place => Math.Abs(image[place.Item1, 24][place.Item2] - place.Item3));
        TestContext.Current.TestOutputHelper?.WriteLine($"| {what} | {error} | |");
        Assert.InRange(error, 0, 4);
    }

    [Fact]
    public void Limited_grey_is_not_read_as_full()
    {
        var path = files.Make("a.mp4", $"-loop 1 -i {{dir}}/ref.png -frames:v 2 -vf format=gray,lut=c0=val*219/255+16 "
            + $"{X264} -color_range tv {{}}");
        // The grey patches, and the rest by their luma.
        var image = VideoDecoderTests.Drain(path).Frames[0].Image;
        Assert.Equal(30, image[20 + (75 * 3) + 30, 45][0], 2.0);
        Assert.Equal(128, image[20 + (75 * 4) + 30, 45][0], 2.0);
        Assert.Equal(200, image[20 + (75 * 5) + 30, 45][0], 2.0);
    }

    private static MediaFacts Facts(string path) => MediaProbe.Inspect(path, cancellation: TestContext.Current.CancellationToken);

    private static void Check(string what, string path, double levels) =>
        ReferencePicture.Assert(what, VideoDecoderTests.Drain(path).Frames[^1].Image, levels, 0.1);
}
