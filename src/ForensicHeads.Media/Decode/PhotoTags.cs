using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ForensicHeads.Media.Decode;

/// <summary>What a photo says of how its samples become a picture.</summary>
internal sealed record PhotoTags
{
    private const int MostProfile = 16 << 20;

    /// <summary>How it is turned upright.</summary>
    internal Orientation Orientation { get; init; } = Orientation.Upright;

    /// <summary>Its ICC profile; empty without one.</summary>
    internal byte[] Icc { get; init; } = [];

    /// <summary>Primaries and transfer by code points, which PNG puts above a profile; null without them.</summary>
    internal (string Primaries, string Transfer, bool Limited)? Codes { get; init; }

    /// <summary>Whether a camera marked it as Adobe RGB without a profile (DCF 2.0: interoperability index R03).</summary>
    internal bool IsAdobeRgb { get; init; }

    /// <summary>Further pictures in the file.</summary>
    internal int FurtherPages { get; init; }

    /// <summary>Whether larger samples are darker (TIFF's photometric interpretation 0).</summary>
    internal bool WhiteIsZero { get; init; }

    /// <summary>Whether its four channels are inks.</summary>
    internal bool IsCmyk { get; init; }

    /// <summary>Reads the tags; what is damaged says nothing.</summary>
    internal static PhotoTags Read(string container, byte[] bytes)
    {
        try
        {
            return container switch
            {
                "jpeg" => Jpeg(bytes),
                "png" or "apng" => Png(bytes),
                "webp" => Webp(bytes),
                "tiff" => Tiff(bytes),
                "bmp" => Bmp(bytes),
                _ => new PhotoTags(),
            };
        }
        catch (Exception error) when (error is ArgumentException or IOException or InvalidDataException or OverflowException)
        {
            return new PhotoTags();
        }
    }

    /// <summary>The tags of an EXIF block, which is a small TIFF.</summary>
    private PhotoTags WithExif(ReadOnlyMemory<byte> exif)
    {
        if (exif.Span.StartsWith("Exif\0\0"u8)) exif = exif[6..];
        if (TiffDirectory.First(exif) is not { } first) return this;
        var interoperability = first.Integer(0x8769) is { } camera && first.At(camera).Integer(0xA005) is { } at
            ? first.At(at).Bytes(1) : [];
        return this with
        {
            Orientation = Orientations.OfExif((int)(first.Integer(0x0112) ?? 1)),
            IsAdobeRgb = interoperability.StartsWith("R03"u8),
        };
    }

    private static PhotoTags Jpeg(byte[] bytes)
    {
        var tags = new PhotoTags();
        var pieces = new SortedDictionary<int, byte[]>();
        var hasExif = false;
        for (var at = 2; at + 4 <= bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF || marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            if (marker is 0xD9 or 0xDA) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
            if (length < 2 || at + 2 + length > bytes.Length) break;
            var body = bytes.AsMemory(at + 4, length - 2);
            if (marker == 0xE1 && !hasExif && body.Span.StartsWith("Exif\0"u8)) (tags, hasExif) = (tags.WithExif(body), true);
            if (marker == 0xE2 && body.Length > 14 && body.Span.StartsWith("ICC_PROFILE\0"u8))
                pieces.TryAdd(body.Span[12], body[14..].ToArray());
            if (marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC && body.Length > 5)
                tags = tags with { IsCmyk = body.Span[5] == 4 };
            at += 2 + length;
        }

        return tags with { Icc = [.. pieces.Values.SelectMany(piece => piece)] };
    }

    private static PhotoTags Png(byte[] bytes)
    {
        var tags = new PhotoTags();
        using var stream = new MemoryStream(bytes, writable: false);
        foreach (var (type, data) in PngChunks.Walk(stream, ["eXIf", "iCCP", "cICP"]))
        {
            if (type == "eXIf") tags = tags.WithExif(data);
            if (type == "cICP" && data.Length == 4)
                tags = tags with { Codes = (CodePoints.Primaries(data[0]), CodePoints.Transfer(data[1]), data[3] == 0) };
            if (type == "iCCP" && Array.IndexOf(data, (byte)0) is >= 0 and var name)
                tags = tags with { Icc = Inflate(data.AsSpan(name + 2)) };
        }

        return tags;
    }

    private static PhotoTags Webp(byte[] bytes)
    {
        var tags = new PhotoTags();
        foreach (var (type, at, length) in WebpAnimation.Chunks(bytes, 12, bytes.Length))
        {
            if (type == "EXIF") tags = tags.WithExif(bytes.AsMemory(at, length));
            if (type == "ICCP" && length <= MostProfile) tags = tags with { Icc = bytes.AsSpan(at, length).ToArray() };
        }

        return tags;
    }

    private static PhotoTags Tiff(byte[] bytes) => TiffDirectory.First(bytes) is not { } first ? new PhotoTags()
        : (new PhotoTags().WithExif(bytes)) with
        {
            Icc = first.Bytes(34675).ToArray(),
            FurtherPages = first.Further(),
            WhiteIsZero = first.Integer(262) == 0,
            IsCmyk = first.Integer(262) == 5,
        };

    // Version 5 of the header may have a profile behind the pixels.
    private static PhotoTags Bmp(byte[] bytes)
    {
        const int Header = 14;
        if (bytes.Length < Header + 124 || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Header)) != 124
            || !bytes.AsSpan(Header + 56, 4).SequenceEqual("DEBM"u8)) return new PhotoTags();
        var (at, length) = (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Header + 112)),
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Header + 116)));
        return new PhotoTags { Icc = bytes.AsSpan(Header + at, length).ToArray() };
    }

    private static byte[] Inflate(ReadOnlySpan<byte> packed)
    {
        using var stream = new ZLibStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        var buffer = new byte[MostProfile];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }
}
