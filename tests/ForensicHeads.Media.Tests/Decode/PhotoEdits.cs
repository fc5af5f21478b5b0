using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ForensicHeads.Media.Tests.Decode;

/// <summary>Writes into photos what their encoders do not.</summary>
internal static class PhotoEdits
{
    /// <summary>EXIF with an orientation, and without it that of Adobe RGB.</summary>
    internal static byte[] Exif(int orientation) =>
        [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>EXIF whose interoperability says R03: Adobe RGB (DCF 2.0).</summary>
    internal static byte[] ExifAdobeRgb() =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0,
        1, 0, 0x05, 0xA0, 4, 0, 1, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0,
        1, 0, 1, 0, 2, 0, 4, 0, 0, 0, .. "R03\0"u8, 0, 0, 0, 0,
    ];

    /// <summary>Puts a segment behind a JPEG's first two bytes.</summary>
    internal static byte[] Jpeg(byte[] jpeg, byte marker, ReadOnlySpan<byte> body)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        return [.. jpeg[..2], 0xFF, marker, .. length, .. body, .. jpeg[2..]];
    }

    /// <summary>Puts a chunk behind a PNG's header.</summary>
    internal static byte[] Png(byte[] png, string type, ReadOnlySpan<byte> data) => [.. png[..33], .. PngChunk(type, data), .. png[33..]];

    internal static byte[] PngChunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(body));
        return [.. length, .. body, .. sum];
    }

    /// <summary>The body of an iCCP chunk.</summary>
    internal static byte[] Iccp(byte[] profile)
    {
        using var stream = new MemoryStream();
        using (var packer = new ZLibStream(stream, CompressionLevel.Fastest)) packer.Write(profile);
        return [.. "profile\0\0"u8, .. stream.ToArray()];
    }

    /// <summary>A plain WebP in the extended form, with further chunks before and behind the picture.</summary>
    internal static byte[] Webp(byte[] webp, int width, int height, byte[]? profile, byte[]? exif)
    {
        byte[] Chunk(string type, ReadOnlySpan<byte> body)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
            byte[] padding = body.Length % 2 == 0 ? [] : [0];
            return [.. Encoding.ASCII.GetBytes(type), .. length, .. body, .. padding];
        }

        var head = new byte[10];
        head[0] = (byte)((profile is null ? 0 : 0x20) | (exif is null ? 0 : 0x08));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), (ushort)(width - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(7), (ushort)(height - 1));
        byte[] all =
        [
            .. "RIFF\0\0\0\0WEBP"u8, .. Chunk("VP8X", head), .. profile is null ? [] : Chunk("ICCP", profile), .. webp[12..],
            .. exif is null ? [] : Chunk("EXIF", exif),
        ];
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(4), all.Length - 8);
        return all;
    }

    /// <summary>An uncompressed TIFF.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="photometric">0: white is zero (the first channel is taken), 1: black is zero, 2: RGB.</param>
    /// <param name="orientation">The tag.</param>
    /// <param name="pages">How often the picture is in the file.</param>
    internal static byte[] Tiff(RgbImage image, int photometric, int orientation = 1, int pages = 1)
    {
        var channels = photometric == 2 ? 3 : 1;
        var pixels = photometric == 2 ? image.Pixels : [.. image.Pixels.Where((_, i) => i % 3 == 0)];
        if (photometric == 0) pixels = [.. pixels.Select(value => (byte)(255 - value))];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("II*\0"u8);
        for (var page = 0; page < pages; page++)
        {
            var directory = (int)stream.Position + 4;
            var (bits, data) = (directory + 2 + (12 * 9) + 4, directory + 2 + (12 * 9) + 4 + 8);
            writer.Write(directory);
            writer.Write((short)9);
            foreach (var (tag, type, count, value) in new[]
            {
                (256, 3, 1, image.Width), (257, 3, 1, image.Height), (258, 3, channels, channels == 3 ? bits : 8), (259, 3, 1, 1),
                (262, 3, 1, photometric), (273, 4, 1, data), (274, 3, 1, orientation), (277, 3, 1, channels), (279, 4, 1, pixels.Length),
            })
            {
                writer.Write((short)tag);
                writer.Write((short)type);
                writer.Write(count);
                writer.Write(value);
            }

            // The place of the next directory is written as the beginning of the next page, behind the pixels.
            var next = page + 1 < pages ? data + pixels.Length : 0;
            writer.Write(next == 0 ? 0 : next + 4);
            foreach (var _ in Enumerable.Range(0, 4)) writer.Write((short)8);
            writer.Write(pixels);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>A profile of a display: three points of colour in D50 and one gamma, or sRGB's curve for 0.</summary>
    internal static byte[] Profile(double[] red, double[] green, double[] blue, double gamma)
    {
        static byte[] Xyz(double[] values) => [.. "XYZ \0\0\0\0"u8, .. values.SelectMany(Fixed)];
        byte[] parameters = [.. new[] { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 }.SelectMany(Fixed)];
        byte[] curve = gamma == 0 ? [.. "para\0\0\0\0\0\u0003\0\0"u8, .. parameters]
            : [.. "curv\0\0\0\0\0\0\0\u0001"u8, (byte)gamma, (byte)Math.Round(gamma % 1 * 256), 0, 0];
        (string, byte[])[] tags =
        [
            ("rXYZ", Xyz(red)), ("gXYZ", Xyz(green)), ("bXYZ", Xyz(blue)), ("rTRC", curve), ("gTRC", curve), ("bTRC", curve),
        ];
        var head = new byte[132 + (12 * tags.Length)];
        "mntrRGB XYZ "u8.CopyTo(head.AsSpan(12));
        "acsp"u8.CopyTo(head.AsSpan(36));
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(128), tags.Length);
        var bodies = new List<byte>();
        for (var i = 0; i < tags.Length; i++)
        {
            var (name, body) = tags[i];
            var entry = head.AsSpan(132 + (12 * i));
            Encoding.ASCII.GetBytes(name).CopyTo(entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], head.Length + bodies.Count);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], body.Length);
            bodies.AddRange(body);
        }

        BinaryPrimitives.WriteInt32BigEndian(head, head.Length + bodies.Count);
        return [.. head, .. bodies];
    }

    private static byte[] Fixed(double value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)Math.Round(value * 65536));
        return bytes;
    }
}
