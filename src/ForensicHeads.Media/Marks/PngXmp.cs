using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ForensicHeads.Media.Marks;

/// <summary>XMP in PNG: an <c>iTXt</c> chunk with the keyword <c>XML:com.adobe.xmp</c> (XMP part 3, PNG 1.2 section 4.2.3.3).</summary>
public static class PngXmp
{
    private const int SignatureLength = 8;
    private const int MaximumChunks = 100_000;

    /// <summary>The picture with the packet behind its header.</summary>
    /// <param name="png">A PNG of our own making.</param>
    /// <param name="packet">The packet.</param>
    public static byte[] Insert(byte[] png, byte[] packet)
    {
        ArgumentNullException.ThrowIfNull(png);
        ArgumentNullException.ThrowIfNull(packet);
        const int HeaderEnd = SignatureLength + 12 + 13;
        byte[] body = [.. "iTXt"u8, .. Keyword, 0, 0, 0, 0, 0, .. packet];
        Span<byte> length = stackalloc byte[4];
        Span<byte> sum = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(body));
        return [.. png.AsSpan(0, HeaderEnd), .. length, .. body, .. sum, .. png.AsSpan(HeaderEnd)];
    }

    /// <summary>Finds the packet of a PNG from outside; null where there is none, or none that is whole and of a sane size.</summary>
    /// <param name="stream">A stream that can seek, at its start.</param>
    public static byte[]? Find(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[8];
        stream.Position = SignatureLength;
        for (var chunk = 0; chunk < MaximumChunks; chunk++)
        {
            if (stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8) return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length > stream.Length - stream.Position - 4) return null;
            if (head[4..].SequenceEqual("IEND"u8)) return null;
            if (head[4..].SequenceEqual("iTXt"u8) && length <= XmpPacket.MaximumBytes)
            {
                var body = new byte[4 + length + 4];
                head[4..].CopyTo(body);
                stream.ReadExactly(body.AsSpan(4));
                if (Packet(body) is { } packet) return packet;
            }
            else
            {
                stream.Position += length + 4;
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Keyword => "XML:com.adobe.xmp"u8;

    // Keyword, 0, compressed or not, method, language, 0, translated keyword, 0, text.
    private static byte[]? Packet(byte[] body)
    {
        var data = body.AsSpan(4..^4);
        if (Crc32.HashToUInt32(body.AsSpan(..^4)) != BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(^4..))) return null;
        if (data.Length < Keyword.Length + 5 || !data.StartsWith(Keyword) || data[Keyword.Length] != 0) return null;
        var compressed = data[Keyword.Length + 1] == 1;
        data = data[(Keyword.Length + 3)..];
        for (var skip = 0; skip < 2; skip++)
        {
            var end = data.IndexOf((byte)0);
            if (end < 0) return null;
            data = data[(end + 1)..];
        }

        return compressed ? Inflated(data.ToArray()) : data.ToArray();
    }

    private static byte[]? Inflated(byte[] data)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            var buffer = new byte[XmpPacket.MaximumBytes + 1];
            var length = zlib.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > XmpPacket.MaximumBytes ? null : buffer[..length];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
