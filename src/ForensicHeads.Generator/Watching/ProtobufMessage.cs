using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Generator.Watching;

/// <summary>Writes the wire form of a protocol buffer, field by field: all that TensorBoard's one message needs.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthPrefixed = 2;
    private const int Fixed32 = 5;
    private readonly List<byte> bytes = [];

    public byte[] ToArray() => [.. bytes];

    public ProtobufMessage Add(int field, double value)
    {
        Span<byte> raw = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(raw, value);
        return Key(field, Fixed64).Raw(raw);
    }

    public ProtobufMessage Add(int field, float value)
    {
        Span<byte> raw = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(raw, value);
        return Key(field, Fixed32).Raw(raw);
    }

    public ProtobufMessage Add(int field, long value) => Key(field, Varint).Number((ulong)value);

    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.ToArray());

    public ProtobufMessage Add(int field, ReadOnlySpan<byte> value) => Key(field, LengthPrefixed).Number((ulong)value.Length).Raw(value);

    private ProtobufMessage Key(int field, int type) => Number(((ulong)field << 3) | (uint)type);

    // Seven bits a byte, the lowest first; the top bit says that more follow.
    private ProtobufMessage Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return this;
    }

    private ProtobufMessage Raw(ReadOnlySpan<byte> raw)
    {
        bytes.AddRange(raw);
        return this;
    }
}
