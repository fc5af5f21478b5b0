namespace ForensicHeads.Fuzz.Targets;

/// <summary>What is known of a file before it is decoded: its container by the first bytes, its size by the headers. Of videos
/// <c>ffprobe</c> reads these, in a process of its own.</summary>
internal sealed class MediaFactsTarget : FuzzTarget
{
    /// <summary>Good pictures.</summary>
    public static readonly Func<string, IReadOnlyList<byte[]>> Pictures = _ =>
    [
        ImageCodec.EncodePng(SeedPicture.Of(24)), ImageCodec.EncodeJpeg(SeedPicture.Of(24), 90), Tiff(littleEndian: true),
            Tiff(littleEndian: false),
        [.. "BM"u8, .. new byte[16], 24, 0, 0, 0, 24, 0, 0, 0, 1, 0, 24, 0],
            [.. "RIFF"u8, 40, 0, 0, 0, .. "WEBPVP8X"u8, .. new byte[8], 23, 0, 0, 23, 0, 0, .. new byte[10]],
            [.. "P6\n# a comment\n24 24\n255\n"u8, .. new byte[24]],
    ];

    /// <summary>A good video.</summary>
    public static readonly Func<string, IReadOnlyList<byte[]>> Mp4 = path =>
    {
        using (var encoder = new VideoEncoder(path, 24, 24, new VideoEncoderOptions { Preset = "ultrafast" }))
        {
            for (var i = 0; i < 3; i++) encoder.Write(SeedPicture.Of(24));
            encoder.Complete();
        }

        return [File.ReadAllBytes(path)];
    };

    /// <summary>Makes the good files.</summary>
    /// <param name="make">Gives the good files; may use the path.</param>
    public MediaFactsTarget(Func<string, IReadOnlyList<byte[]>> make)
    {
        Seeds = make(this["seed.mp4"]);
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    protected override void Read(byte[] input)
    {
        File.WriteAllBytes(this["input"], input);
        MediaProbe.Inspect(this["input"]);
    }

    protected override bool IsDocumented(Exception error) =>
        base.IsDocumented(error) || error is MediaRejectedException { Message.Length: > 0 };

    // A header, and a directory that gives width and height.
    private static byte[] Tiff(bool littleEndian)
    {
        byte[] Number(int value, int length)
        {
            byte[] little = [.. BitConverter.GetBytes(value).Take(length)];
            return littleEndian == BitConverter.IsLittleEndian ? little : [.. little.Reverse()];
        }

        byte[] Entry(int tag) => [.. Number(tag, 2), .. Number(4, 2), .. Number(1, 4), .. Number(24, 4)];
        return [.. littleEndian ? "II"u8 : "MM"u8, .. Number(42, 2), .. Number(8, 4), .. Number(2, 2), .. Entry(256), .. Entry(257),
            .. Number(0, 4)];
    }
}
