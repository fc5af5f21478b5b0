namespace ForensicHeads.Fuzz.Targets;

/// <summary>The XMP packet of a PNG or mp4, which <c>provenance verify</c> reads. There is nothing to refuse: damage means that there is
/// none.</summary>
internal sealed class XmpTarget : FuzzTarget
{
    public XmpTarget()
    {
        var packet =
            XmpPacket.Write(new XmpFacts("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "forensicheads"));
        File.WriteAllBytes(this["seed.mp4"], [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0]);
        Mp4Xmp.Append(this["seed.mp4"], packet);
        Seeds = [PngXmp.Insert(ImageCodec.EncodePng(SeedPicture.Of(8)), packet), File.ReadAllBytes(this["seed.mp4"]), packet];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    protected override void Read(byte[] input)
    {
        foreach (var packet in new[] { PngXmp.Find(new MemoryStream(input)), Mp4Xmp.Find(new MemoryStream(input)), input }) if (packet
            is not null) XmpPacket.Read(packet);
    }

    protected override bool IsDocumented(Exception error) => false;
}
