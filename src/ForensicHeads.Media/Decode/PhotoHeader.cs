using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Media.Decode;

/// <summary>Finds a picture's size in its header, without decoding.</summary>
internal static class PhotoHeader
{
    /// <summary>Width and height as stored; null when the header is damaged.</summary>
    internal static (int Width, int Height)? Size(string container, FileStream stream, byte[] head)
    {
        try
        {
            (long Width, long Height)? size = container switch
            {
                "png" => (BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(20))),
                "bmp" => (BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(18)),
                    Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(22)))),
                "webp" => WebP(head),
                "netpbm" => Netpbm(head),
                "jpeg" => Jpeg(stream),
                "tiff" => Tiff(stream, head[0] == 'I'),
                _ => null,
            };
            return size is { Width: >= 0 and <= int.MaxValue, Height: >= 0 and <= int.MaxValue }
                ? ((int)size.Value.Width, (int)size.Value.Height) : null;
        }
        catch (Exception error) when (error is ArgumentException or EndOfStreamException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static (long Width, long Height)? WebP(byte[] head)
    {
        var kind = System.Text.Encoding.ASCII.GetString(head, 12, 4);
        return kind switch
        {
            "VP8X" => (1 + Little24(head, 24), 1 + Little24(head, 27)),
            "VP8L" =>
                (1 + (BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(21)) & 0x3FFF),
                1 + ((BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(21)) >> 14) & 0x3FFF)),
            "VP8 " =>
                (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(26)) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(28)) & 0x3FFF),
            _ => null,
        };
    }

    private static long Little24(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);

    private static (long Width, long Height)? Netpbm(byte[] head)
    {
        var match = Regex.Match(System.Text.Encoding.Latin1.GetString(head), @"^P[56]\s+(?:#[^\n]*\s+)*(\d{1,9})\s+(\d{1,9})\s");
        return match.Success
            ? (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)) : null;
    }

    private static (long Width, long Height)? Jpeg(FileStream stream)
    {
        stream.Position = 2;
        Span<byte> bytes = stackalloc byte[7];
        // Each segment is a marker and a length; the frame header (SOF) holds the size. 64 KiB a segment, so a thousand segments suffice.
        for (var segment = 0; segment < 1000; segment++)
        {
            stream.ReadExactly(bytes[..2]);
            if (bytes[0] != 0xFF) return null;
            while (bytes[1] == 0xFF) stream.ReadExactly(bytes.Slice(1, 1));
            var marker = bytes[1];
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (marker is 0xD9 or 0xDA) return null;
            stream.ReadExactly(bytes[..2]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            if (marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC)
            {
                stream.ReadExactly(bytes[..5]);
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]));
            }

            if (length < 2) return null;
            stream.Position += length - 2;
        }

        return null;
    }

    private static (long Width, long Height)? Tiff(FileStream stream, bool little)
    {
        long width = 0, height = 0;
        stream.Position = 4;
        stream.Position = Value(stream, 4, little);
        var entries = Value(stream, 2, little);
        for (var i = 0; i < entries; i++)
        {
            var tag = Value(stream, 2, little);
            var type = Value(stream, 2, little);
            Value(stream, 4, little);
            var start = stream.Position;
            var value = Value(stream, type == 3 ? 2 : 4, little);
            stream.Position = start + 4;
            if (tag == 256) width = value;
            if (tag == 257) height = value;
        }

        return (width, height);
    }

    private static long Value(FileStream stream, int bytes, bool little)
    {
        Span<byte> buffer = stackalloc byte[4];
        stream.ReadExactly(buffer[..bytes]);
        if (bytes == 2) return little ? BinaryPrimitives.ReadUInt16LittleEndian(buffer) : BinaryPrimitives.ReadUInt16BigEndian(buffer);
        return little ? BinaryPrimitives.ReadUInt32LittleEndian(buffer) : BinaryPrimitives.ReadUInt32BigEndian(buffer);
    }
}
