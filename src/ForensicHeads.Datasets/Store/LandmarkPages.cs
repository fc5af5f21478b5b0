using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Parquet.Meta;
using Snappier;

namespace ForensicHeads.Datasets.Store;

/// <summary>Reads the landmarks of a row group, nine tenths of an index, as this toolkit writes them: plain float32, 136 in each row,
/// compressed by Snappy. The library needs four times the time and ten times the memory for them, since it makes a level of each
/// number.</summary>
internal static class LandmarkPages
{
    private const int Numbers = IndexColumns.Numbers;

    /// <summary>The landmarks of some rows, at their places in the group; all numbers are looked at. Null where the pages are not as we
    /// write them, and the library must judge them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">What its end says of the column.</param>
    /// <param name="level">Definition level of a number that is there, 1 to 3.</param>
    /// <param name="rows">Rows of the group.</param>
    /// <param name="wanted">Places of rows.</param>
    /// <param name="isFinite">Whether all numbers are.</param>
    public static Landmarks68?[]? Read(SafeFileHandle file, ColumnMetaData column, int level, int rows, IEnumerable<int> wanted,
        out bool isFinite)
    {
        isFinite = true;
        var length = column.TotalCompressedSize;
        if (column.Codec != CompressionCodec.SNAPPY || column.DictionaryPageOffset is not null || column.DataPageOffset < 0
            || length < 0 || length > Array.MaxLength || rows > Array.MaxLength / (sizeof(float) * Numbers)
            || column.DataPageOffset > RandomAccess.GetLength(file) - length) return null;
        var bytes = ArrayPool<byte>.Shared.Rent((int)length);
        var values = ArrayPool<byte>.Shared.Rent(sizeof(float) * Numbers * rows);
        try
        {
            FileBytes.Read(file, column.DataPageOffset, bytes.AsSpan(0, (int)length), "the landmarks end before they should");
            if (!Unpack(bytes.AsSpan(0, (int)length), values.AsSpan(0, sizeof(float) * Numbers * rows), level)) return null;
            var numbers = MemoryMarshal.Cast<byte, float>(values.AsSpan(0, sizeof(float) * Numbers * rows));
            isFinite = AreFinite(numbers);
            var landmarks = new Landmarks68?[rows];
            foreach (var row in wanted) landmarks[row] = new Landmarks68(numbers.Slice(row * Numbers, Numbers).ToArray());
            return landmarks;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(values);
        }
    }

    /// <summary>Whether all of them are finite numbers.</summary>
    public static bool AreFinite(ReadOnlySpan<float> values)
    {
        var i = 0;
        // A finite number less itself is nought, and no other is.
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var some = new Vector<float>(values[i..]);
            if (!Vector.EqualsAll(some - some, Vector<float>.Zero)) return false;
        }

        foreach (var value in values[i..]) if (!float.IsFinite(value)) return false;
        return true;
    }

    // Page after page until the values are full.
    private static bool Unpack(ReadOnlySpan<byte> bytes, Span<byte> values, int level)
    {
        while (values.Length > 0)
        {
            // A data page of whole rows, plain, with run-length levels.
            if (ParquetFooter.Page(bytes) is not { Type: 0, Encoding: 0, Definition: 3, Repetition: 3 } header
                || header.Values < 1 || header.Values % Numbers != 0
                || header.Values > values.Length / sizeof(float) || header.Compressed < 0
                || header.Compressed > bytes.Length - header.Bytes) return false;
            var packed = bytes.Slice(header.Bytes, (int)header.Compressed);
            var own = (int)header.Values * sizeof(float);
            // Levels take no more room than the numbers that they are of.
            var size = Snappy.GetUncompressedLength(packed);
            if (size != header.Uncompressed || size < own || size > 2L * own) return false;
            // As the library unpacks them; into memory that is there it would take pages that are too long.
            using var page = Snappy.DecompressToMemory(packed);
            ReadOnlySpan<byte> rest = page.Memory.Span;
            if (rest.Length != size || !AreStarts(Levels(ref rest), (int)header.Values)
                || !AreAll(Levels(ref rest), level, (int)header.Values) || rest.Length != own) return false;
            rest.CopyTo(values);
            bytes = bytes[(header.Bytes + packed.Length)..];
            values = values[own..];
        }

        return true;
    }

    private static ReadOnlySpan<byte> Levels(ref ReadOnlySpan<byte> page)
    {
        if (page.Length < sizeof(int)) return [];
        var length = BinaryPrimitives.ReadInt32LittleEndian(page);
        if (length < 0 || length > page.Length - sizeof(int)) return [];
        var levels = page.Slice(sizeof(int), length);
        page = page[(sizeof(int) + length)..];
        return levels;
    }

    // Repetition levels are 0 where a row begins, and 1 else.
    private static bool AreStarts(ReadOnlySpan<byte> runs, int count)
    {
        var at = 0;
        while (at < count)
        {
            if (!Next(ref runs, out var level, out var length)) return false;
            var place = at % Numbers;
            if (level == 0 ? place != 0 || length != 1 : level != 1 || place == 0 || length > Numbers - place) return false;
            at += length;
        }

        return runs.IsEmpty;
    }

    private static bool AreAll(ReadOnlySpan<byte> runs, int level, int count)
    {
        while (count > 0)
        {
            if (!Next(ref runs, out var found, out var length) || found != level || length > count) return false;
            count -= length;
        }

        return runs.IsEmpty;
    }

    // A run of one level, which has at most two bits; others are packed and not read here.
    private static bool Next(ref ReadOnlySpan<byte> runs, out int level, out int length)
    {
        (level, length) = (0, 0);
        var (head, used) = (0u, 0);
        for (; used < runs.Length && used < 4; used++)
        {
            head |= (uint)(runs[used] & 0x7F) << (7 * used);
            if (runs[used] < 0x80) break;
        }

        // Without its last bit, which tells packed ones.
        if (used > 3 || used + 1 >= runs.Length || (head & 1) != 0) return false;
        (level, length) = (runs[used + 1], (int)(head >> 1));
        runs = runs[(used + 2)..];
        return length > 0;
    }
}
