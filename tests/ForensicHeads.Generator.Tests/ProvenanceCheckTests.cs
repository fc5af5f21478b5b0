namespace ForensicHeads.Generator.Tests;

public sealed class ProvenanceCheckTests : IDisposable
{
    private readonly OutputScene scene = new();
    private readonly HeadFile head;

    public ProvenanceCheckTests() => head = scene.SavedHead();

    public void Dispose()
    {
        head.Dispose();
        scene.Dispose();
    }

    [Fact]
    public void An_export_carries_every_mark_and_is_unchanged()
    {
        foreach (var path in new[] { Clip(new ExportOptions()), Picture(new ExportOptions()) })
        {
            var finding = Read(path);
            Assert.Equal(ProvenanceVerdict.Unchanged, finding.Verdict);
            Assert.True(finding.SaysGenerated);
            Assert.Equal("ForensicHeads 1.2.3", finding.Xmp!.CreatorTool);
            Assert.Equal("public", finding.Watermark?.Key);
            Assert.Equal(new DateOnly(2099, 1, 2), finding.Sidecar.Content!.Consent.Expires);
            Assert.Equal(["a", "b"], finding.Sidecar.Content.ShotKeys);
        }
    }

    [Fact]
    public void A_changed_byte_a_lost_sidecar_and_a_copy_are_told_apart()
    {
        var clip = Clip(new ExportOptions());
        var bytes = File.ReadAllBytes(clip);
        bytes[^1] ^= 1;
        File.WriteAllBytes(clip, bytes);
        Assert.Equal(ProvenanceVerdict.Changed, Read(clip).Verdict);
        File.Delete(ExportOutput.SidecarOf(clip));
        Assert.Equal(ProvenanceVerdict.WatermarkOnly, Read(clip).Verdict);
        File.WriteAllText(ExportOutput.SidecarOf(clip), """{ "generator": null }""");
        var unreadable = Read(clip);
        Assert.Equal((SidecarState.Unreadable, ProvenanceVerdict.WatermarkOnly), (unreadable.Sidecar.State, unreadable.Verdict));
    }

    [Fact]
    public void What_is_left_of_a_picture_decides()
    {
        var picture = Picture(new ExportOptions { Watermark = null });
        var lone = scene["lone.png"];
        File.Copy(picture, lone);
        Assert.Equal(ProvenanceVerdict.MetadataOnly, Read(lone).Verdict);
        File.WriteAllBytes(picture, ImageCodec.EncodePng(new Foundation.RgbImage(64, 64)));
        Assert.Equal(ProvenanceVerdict.Mismatched, Read(picture).Verdict);
        File.Copy(picture, scene["foreign.png"]);
        Assert.Equal(ProvenanceVerdict.NoMark, Read(scene["foreign.png"]).Verdict);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    public void A_mark_turned_off_is_missing_alone_and_the_sidecar_says_so(bool label, bool watermark, bool xmp)
    {
        var options = new ExportOptions { Label = label, Watermark = watermark ? WatermarkKey.Public : null, Xmp = xmp };
        foreach (var path in new[] { Picture(options), Clip(options) })
        {
            var finding = Read(path);
            Assert.Equal(new ExportMarks(label, watermark, xmp, watermark ? "public" : null), finding.Sidecar.Content!.Marks);
            Assert.Equal((watermark, xmp), (finding.Watermark is not null, finding.SaysGenerated));
        }

        var image =
            PhotoReader.Read(Path.Combine(scene["pictures"], "000000.png"), cancellation: TestContext.Current.CancellationToken).Image;
        Assert.Equal(label, image.Pixels.AsSpan((256 - 24) * 256 * 3).Count((byte)236) > 1000);
    }

    [Fact]
    public void A_key_of_ones_own_is_found_by_it_alone()
    {
        File.WriteAllText(scene["key"], "a key that nobody else knows");
        var own = WatermarkKey.Load(scene["key"]);
        var clip = Clip(new ExportOptions { Watermark = own });
        Assert.Equal(own.Id, Read(clip).Sidecar.Content!.Marks!.WatermarkKey);
        Assert.Null(Read(clip).Watermark);
        Assert.Equal(own.Id, ProvenanceCheck.Of(clip, [WatermarkKey.Public, own], CancellationToken.None).Watermark?.Key);
    }

    [Fact]
    public void A_picture_that_shows_generated_frames_is_marked_as_a_whole()
    {
        var wide = new Foundation.RgbImage(420, 300);
        wide.Pixels.AsSpan().Fill(255);
        for (var y = 40; y < 260; y++) wide.Pixels.AsSpan(((y * 420) + 40) * 3, 900).Fill((byte)y);
        ExportOutput.WritePicture(scene["compare.png"], wide, Provenance.Of(head, scene.Driver, "1.2.3"), new ExportOptions());
        var finding = Read(scene["compare.png"]);
        Assert.Equal(ProvenanceVerdict.Unchanged, finding.Verdict);
        Assert.True(finding.SaysGenerated);
        Assert.True(finding.Watermark is not null, $"z = {finding.Watermarks[0].Z}");
    }

    [Fact]
    public void A_research_store_carries_neither_pixels_nor_chunks_of_a_mark()
    {
        var store = StoreOutput.Write(scene["fakes"], head, scene.Driver, Provenance.Of(head, scene.Driver, "1.2.3"), null,
            CancellationToken.None);
        foreach (var frame in store.Frames)
        {
            var png = ImageCodec.EncodePng(store.ReadImage(frame));
            var shard = File.ReadAllBytes(Path.Combine(store.Path, "shards", "000000.tar")).AsSpan((int)frame.Offset, (int)frame.Length);
            Assert.True(shard.SequenceEqual(png), "the shard holds the bare picture and nothing else");
            using var detector = new WatermarkDetector();
            detector.Add(store.ReadImage(frame));
            Assert.False(detector.Find([WatermarkKey.Public])[0].Found);
        }
    }

    private static ProvenanceFinding Read(string path) => ProvenanceCheck.Of(path, [WatermarkKey.Public], CancellationToken.None);

    private string Clip(ExportOptions options)
    {
        ExportOutput
            .WriteVideo(scene["clip.mp4"], head, scene.Driver, Provenance.Of(head, scene.Driver, "1.2.3"), options, null,
            CancellationToken.None);
        return scene["clip.mp4"];
    }

    private string Picture(ExportOptions options)
    {
        ExportOutput
            .WritePictures(scene["pictures"], head, scene.Driver, Provenance.Of(head, scene.Driver, "1.2.3"), options, null,
            CancellationToken.None);
        return Path.Combine(scene["pictures"], "000001.png");
    }
}
