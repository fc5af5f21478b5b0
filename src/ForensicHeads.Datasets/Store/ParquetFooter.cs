using System.Buffers.Binary;

namespace ForensicHeads.Datasets.Store;

/// <summary>Walks the footer of a Parquet file, a struct in Thrift's compact protocol, before the library reads it.</summary>
/// <remarks>
/// Parquet.Net takes the end of a footer for one more unknown field, so that damage which makes it run off the end keeps it reading for
/// ever. This can go once its ThriftCompactProtocolReader throws at the end of the stream, holds a length against the bytes that are left
/// before it reserves memory for it, and bounds the depth of the structs, lists and maps that it skips.
/// </remarks>
public ref struct ParquetFooter
{
    private const int TailLength = 8;
    private const int MostDepth = 64;

    private readonly ReadOnlySpan<byte> bytes;
    private int at;

    private ParquetFooter(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
    }

    /// <summary>Checks that every field lies inside the footer of the file.</summary>
    /// <exception cref="InvalidDataException">The file has no footer, or a field runs off its end.</exception>
    /// <param name="stream">The file, anywhere.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Check(Stream stream)
    {
        Span<byte> tail = stackalloc byte[TailLength];
        if (stream.Length < TailLength + 4) throw new InvalidDataException($"it has {stream.Length} bytes");
        stream.Position = stream.Length - TailLength;
        stream.ReadExactly(tail);
        if (!tail[4..].SequenceEqual("PAR1"u8)) throw new InvalidDataException("it does not end as Parquet does");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > stream.Length - TailLength) throw new InvalidDataException($"its footer claims {length} bytes of {stream.Length}");
        var footer = new byte[length];
        stream.Position = stream.Length - TailLength - length;
        stream.ReadExactly(footer);
        new ParquetFooter(footer).Struct(0);
    }

    /// <summary>What the header of a page of 32-bit values says, -1 for what it leaves out; null where there is anything else than we
    /// write.</summary>
    /// <param name="bytes">The page, from its beginning.</param>
    internal static ParquetPage? Page(ReadOnlySpan<byte> bytes)
    {
        var page = new ParquetFooter(bytes);
        Span<long> own = [-1, -1, -1, -1];
        Span<long> data = [-1, -1, -1, -1, -1];
        try
        {
            return page.HasIntegers(own, data)
                ? new ParquetPage(page.at, own[1], own[2], own[3], data[1], data[2], data[3], data[4]) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // The integers of a struct by their numbers, and those of the struct in its field 5; there it has the least and the most.
    private bool HasIntegers(scoped Span<long> own, scoped Span<long> inner)
    {
        var field = 0;
        while (Byte() is var head and not 0)
        {
            field += head >> 4;
            var isStruct = (head & 0x0F) == 12 && field == 5;
            if (head >> 4 == 0) return false;
            else if ((head & 0x0F) == 5 && field < own.Length) own[field] = Signed();
            else if (!isStruct || !(inner.Length > 0 ? HasIntegers(inner, []) : HasBounds())) return false;
        }

        return true;
    }

    private bool HasBounds()
    {
        var field = 0;
        while (Byte() is var head and not 0)
        {
            field += head >> 4;
            if (head >> 4 == 0) return false;
            else if ((head & 0x0F) == 6 && field is (3 or 4)) Number();
            else if ((head & 0x0F) != 8 || field is not (1 or 2 or 5 or 6) || Number() != 4) return false;
            else Skip(4);
        }

        return true;
    }

    private long Signed() => Number() is var zigzag ? (long)(zigzag >> 1) ^ -(long)(zigzag & 1) : 0;

    private void Struct(int depth)
    {
        if (depth > MostDepth) throw Damaged();
        while (Byte() is var head and not 0)
        {
            // A jump of the field's number in the upper half, or the number itself behind it.
            if (head >> 4 == 0) Number();
            if ((head & 0x0F) is not (1 or 2)) Value(head & 0x0F, depth);
        }
    }

    private void Value(int type, int depth)
    {
        switch (type)
        {
            case 1 or 2 or 3:
                Skip(1);
                break;
            case 4 or 5 or 6:
                Number();
                break;
            case 7:
                Skip(8);
                break;
            case 8:
                Skip(Number());
                break;
            case 9 or 10:
                List(depth);
                break;
            case 11:
                Map(depth);
                break;
            case 12:
                Struct(depth + 1);
                break;
            default:
                throw Damaged();
        }
    }

    private void List(int depth)
    {
        if (depth > MostDepth) throw Damaged();
        var head = Byte();
        var count = head >> 4 == 15 ? Number() : (ulong)(head >> 4);
        for (ulong i = 0; i < count; i++) Value(head & 0x0F, depth + 1);
    }

    private void Map(int depth)
    {
        if (depth > MostDepth) throw Damaged();
        var count = Number();
        if (count == 0) return;
        var types = Byte();
        for (ulong i = 0; i < count; i++)
        {
            Value(types >> 4, depth + 1);
            Value(types & 0x0F, depth + 1);
        }
    }

    // Seven bits a byte, the lowest first.
    private ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Damaged();
    }

    private byte Byte() => at < bytes.Length ? bytes[at++] : throw Damaged();

    private void Skip(ulong count)
    {
        if (count > (ulong)(bytes.Length - at)) throw Damaged();
        at += (int)count;
    }

    private static InvalidDataException Damaged() => new("its footer is damaged: a field runs off its end");
}

/// <summary>What the header of a page of a Parquet file says.</summary>
/// <param name="Bytes">How long the header is.</param>
/// <param name="Type">0 for a page of data.</param>
/// <param name="Uncompressed">Bytes of the page once it is unpacked.</param>
/// <param name="Compressed">Bytes of it in the file.</param>
/// <param name="Values">How many values it has, nulls among them.</param>
/// <param name="Encoding">Of the values: 0 for plain.</param>
/// <param name="Definition">Of the definition levels: 3 for run lengths.</param>
/// <param name="Repetition">Of the repetition levels.</param>
internal readonly record struct ParquetPage(int Bytes, long Type, long Uncompressed, long Compressed, long Values, long Encoding,
    long Definition, long Repetition);
