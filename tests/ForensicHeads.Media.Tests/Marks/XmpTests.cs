using System.Buffers.Binary;
using System.Text;
using ForensicHeads.Media.Tests.Decode;
using MetadataExtractor;
using MetadataExtractor.Formats.Xmp;

namespace ForensicHeads.Media.Tests.Marks;

public sealed class XmpTests : IDisposable
{
    private const string Generated = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    private static readonly XmpFacts Facts = new(Generated, "Tool & <1>");
    private readonly TestFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_png_packet_is_read_back_by_us_and_by_another_library()
    {
        var plain = ImageCodec.EncodePng(new RgbImage(8, 8));
        var path = files.Write("a.png", PngXmp.Insert(plain, XmpPacket.Write(Facts)));
        using (var stream = File.OpenRead(path)) Assert.Equal(Facts, XmpPacket.Read(PngXmp.Find(stream)!));
        var properties = ImageMetadataReader.ReadMetadata(path).OfType<XmpDirectory>().Single().GetXmpProperties();
        Assert.Equal(Generated, properties["Iptc4xmpExt:DigitalSourceType"]);
        Assert.Equal(new RgbImage(8, 8).Pixels, PhotoReader.Read(path, cancellation: TestContext.Current.CancellationToken).Image.Pixels);
        Assert.Null(PngXmp.Find(new MemoryStream(plain)));
    }

    [Fact]
    public void An_mp4_packet_is_read_back_by_us_and_by_ffprobe_and_the_video_still_plays()
    {
        var path = files.Video();
        Mp4Xmp.Append(path, XmpPacket.Write(Facts));
        using (var stream = File.OpenRead(path)) Assert.Equal(Facts, XmpPacket.Read(Mp4Xmp.Find(stream)!));
        var start = new System.Diagnostics.ProcessStartInfo("ffprobe",
            ["-v", "error", "-export_xmp", "1", "-show_entries", "format_tags=xmp", path])
        { RedirectStandardOutput = true };
        using var probe = System.Diagnostics.Process.Start(start)!;
        Assert.Contains(Generated, probe.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(MediaStatus.Ok, VideoDecoderTests.Drain(path).Outcome.Status);
        Assert.Throws<InvalidDataException>(() => Mp4Xmp.Append(path, [1]));
    }

    [Theory]
    [InlineData("<a xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' i:DigitalSourceType='x'/>", "x")]
    [InlineData(
        "<i:DigitalSourceType xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' "
        + "xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' r:resource='x'/>", "x")]
    [InlineData("<a xmlns:i='http://elsewhere/' i:DigitalSourceType='x'/>", null)]
    public void A_property_is_read_in_every_form_of_its_own_name_space_only(string xml, string? type) =>
        Assert.Equal(type, XmpPacket.Read(Encoding.UTF8.GetBytes(xml))!.DigitalSourceType);

    [Theory]
    [InlineData("")]
    [InlineData("no markup")]
    [InlineData("<a><b></a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;'>]><a>&y;</a>")]
    public void What_is_no_plain_xml_is_no_packet(string text) => Assert.Null(XmpPacket.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Boxes_that_lie_about_their_size_end_the_search()
    {
        var packet = XmpPacket.Write(Facts);
        byte[] uuid = Convert.FromHexString("BE7ACFCB97A942E89C71999491E3AFAC");
        byte[] good = Box("uuid", [.. uuid, .. packet]);
        Assert.Equal(packet, Mp4Xmp.Find(new MemoryStream([.. Box("ftyp", new byte[8]), .. good])));
        byte[][] bad =
        [
            [],
            [0, 0, 0],
            good[..^1],
            good[..20],
            [0, 0, 0, 0, .. "free"u8, .. good],
            [0, 0, 0, 4, .. "free"u8, .. good],
            [0xFF, 0xFF, 0xFF, 0xFF, .. "uuid"u8, .. uuid],
            [0, 0, 0, 1, .. "uuid"u8, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. uuid],
            [0, 0, 0, 1, .. "uuid"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. uuid],
            [0, 0, 0, 1, .. "uuid"u8],
            Box("uuid", uuid[..15]),
            Box("uuid", [.. uuid, .. new byte[XmpPacket.MaximumBytes + 1]]),
        ];
        for (var i = 0; i < bad.Length; i++) Assert.True(Mp4Xmp.Find(new MemoryStream(bad[i])) is null, $"case {i}");
    }

    [Fact]
    public void Chunks_that_lie_about_their_size_or_sum_end_the_search()
    {
        var good = PngXmp.Insert(ImageCodec.EncodePng(new RgbImage(8, 8)), XmpPacket.Write(Facts));
        const int Chunk = 33;
        Assert.Equal("iTXt", Encoding.ASCII.GetString(good, Chunk + 4, 4));
        for (var length = 0; length < Chunk + 60; length++) Assert.Null(PngXmp.Find(new MemoryStream(good[..length])));
        Assert.Null(PngXmp.Find(new MemoryStream(With(Chunk, 0xFF))));
        Assert.Null(PngXmp.Find(new MemoryStream(With(Chunk + 40, 0))));

        byte[] With(int at, byte value)
        {
            var copy = (byte[])good.Clone();
            copy[at] = value;
            return copy;
        }
    }

    private static byte[] Box(string type, byte[] body)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 8 + body.Length);
        return [.. size, .. Encoding.ASCII.GetBytes(type), .. body];
    }
}
