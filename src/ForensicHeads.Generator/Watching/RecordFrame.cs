using System.Buffers.Binary;
using System.Numerics;

namespace ForensicHeads.Generator.Watching;

/// <summary>The framing of TensorFlow's record files: length (uint64), its checksum, the bytes, their checksum; all
/// little-endian.</summary>
internal static class RecordFrame
{
    private const int HeaderBytes = 12;
    private const int FooterBytes = 4;

    // A picture grid is far below; a damaged length must not ask for the whole memory.
    private const long LargestRecord = 1L << 28;

    /// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4).</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc =
            BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>The checksum as record files store it: rotated right by 15 bits, plus a constant, so that a checksum of checksums stays
    /// sound.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => unchecked(BitOperations.RotateRight(Checksum(bytes), 15) + 0xa282ead8u);

    /// <summary>Appends one record, in a single write.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> record)
    {
        var framed = new byte[HeaderBytes + record.Length + FooterBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(framed, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(8), Masked(framed.AsSpan(0, 8)));
        record.CopyTo(framed.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(HeaderBytes + record.Length), Masked(record));
        stream.Write(framed);
    }

    /// <summary>The next record, or null at the end or where the rest is damaged or unfinished.</summary>
    public static byte[]? Read(Stream stream)
    {
        var header = new byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) return null;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8)) != Masked(header.AsSpan(0, 8)) || length > LargestRecord) return null;
        var record = new byte[length];
        var footer = new byte[FooterBytes];
        if (stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) < record.Length
            || stream.ReadAtLeast(footer, FooterBytes, throwOnEndOfStream: false) < FooterBytes) return null;
        return BinaryPrimitives.ReadUInt32LittleEndian(footer) == Masked(record) ? record : null;
    }
}
