using System.Buffers.Binary;

namespace ForensicHeads.Media.Decode;

/// <summary>Hands raw frames with their times to ffmpeg: a stream of Matroska (RFC 9559) with one cluster a frame, as raw video has no
/// place for times.</summary>
internal sealed class TimedFrames
{
    /// <summary>Times are whole numbers of this many nanoseconds.</summary>
    private const long Tick = 1000;
    private const double TicksPerSecond = 1e9 / Tick;
    private readonly Stream stream;

    internal TimedFrames(Stream stream, int width, int height)
    {
        this.stream = stream;
        var video = Element(0xE0, [.. Number(0xB0, width), .. Number(0xBA, height), .. Element(0x2EB524, "RGB\u0018"u8)]);
        byte[] track = [.. Number(0xD7, 1), .. Number(0x73C5, 1), .. Number(0x83, 1), .. Element(0x86, "V_UNCOMPRESSED"u8), .. video];
        stream.Write(Element(0x1A45DFA3, [.. Element(0x4282, "matroska"u8), .. Number(0x4287, 4), .. Number(0x4285, 2)]));
        // The length of the segment is not known: all ones.
        stream.Write([0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        stream.Write(Element(0x1549A966, Number(0x2AD7B1, Tick)));
        stream.Write(Element(0x1654AE6B, Element(0xAE, track)));
    }

    internal void Write(ReadOnlySpan<byte> pixels, double timeS)
    {
        var time = Number(0xE7, (long)Math.Round(timeS * TicksPerSecond));
        // Track 1, 0 ticks after the cluster, a key frame.
        ReadOnlySpan<byte> block = [0x81, 0, 0, 0x80];
        var head = Head(0xA3, block.Length + pixels.Length);
        stream.Write(Head(0x1F43B675, time.Length + head.Length + block.Length + pixels.Length));
        stream.Write(time);
        stream.Write(head);
        stream.Write(block);
        stream.Write(pixels);
    }

    private static byte[] Number(uint id, long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return Element(id, bytes);
    }

    private static byte[] Element(uint id, ReadOnlySpan<byte> body) => [.. Head(id, body.Length), .. body];

    /// <summary>An identifier, without its leading zeros, and a length in eight bytes.</summary>
    private static byte[] Head(uint id, long length)
    {
        Span<byte> bytes = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], length | (1L << 56));
        return bytes[bytes.IndexOfAnyExcept((byte)0)..].ToArray();
    }
}
