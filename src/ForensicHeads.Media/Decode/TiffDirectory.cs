using System.Buffers.Binary;

namespace ForensicHeads.Media.Decode;

/// <summary>One directory of a TIFF file, or of EXIF, which has the same structure.</summary>
internal sealed class TiffDirectory
{
    private const int MostEntries = 4096;
    private readonly ReadOnlyMemory<byte> file;
    private readonly bool little;
    private readonly Dictionary<int, (int Type, uint Count, int At)> entries = [];

    private TiffDirectory(ReadOnlyMemory<byte> file, bool little, uint at)
    {
        (this.file, this.little) = (file, little);
        if (at < 8 || at > file.Length - 2) return;
        var count = Math.Min(Number(2, (int)at), MostEntries);
        for (var i = 0; i < count; i++)
        {
            var entry = (int)at + 2 + (12 * i);
            if (entry + 12 > file.Length) return;
            var (type, values) = ((int)Number(2, entry + 2), Number(4, entry + 4));
            // A value of four bytes or fewer stands in the entry itself.
            var bytes = values * (type switch { 3 => 2, 4 => 4, _ => 1 });
            var place = bytes <= 4 ? entry + 8 : (int)Math.Min(int.MaxValue, Number(4, entry + 8));
            entries.TryAdd((int)Number(2, entry), (type, values, place));
        }

        var next = (int)at + 2 + (12 * (int)count);
        Next = next + 4 <= file.Length ? Number(4, next) : 0;
    }

    /// <summary>Where the next directory lies; 0 after the last.</summary>
    internal uint Next { get; }

    /// <summary>The first directory; null when it is no TIFF.</summary>
    internal static TiffDirectory? First(ReadOnlyMemory<byte> file)
    {
        var head = file.Span;
        if (head.Length < 8 || !(head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8))) return null;
        var little = head[0] == 'I';
        return new TiffDirectory(file, little, little ? BinaryPrimitives.ReadUInt32LittleEndian(head[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(head[4..]));
    }

    /// <summary>The directory at an offset.</summary>
    internal TiffDirectory At(uint offset) => new(file, little, offset);

    /// <summary>A number; null where the tag is missing or holds something else.</summary>
    internal uint? Integer(int tag) => Place(tag) is var (at, bytes) ? Number(bytes, at) : null;

    /// <summary>Where a number stands in the file, and in how many bytes.</summary>
    internal (int At, int Bytes)? Place(int tag) =>
        entries.TryGetValue(tag, out var entry) && entry.Count >= 1 && entry.Type is 1 or 3 or 4
            && (entry.Type switch { 3 => 2, 4 => 4, _ => 1 }) is var bytes && entry.At <= file.Length - bytes ? (entry.At, bytes) : null;

    /// <summary>Bytes of a tag; empty where it is missing or damaged.</summary>
    internal ReadOnlySpan<byte> Bytes(int tag) =>
        entries.TryGetValue(tag, out var entry) && entry.Count <= file.Length && entry.At <= file.Length - (int)entry.Count
            ? file.Span.Slice(entry.At, (int)entry.Count) : [];

    /// <summary>How many pictures follow: the chain of directories, without the reduced ones and masks.</summary>
    internal int Further()
    {
        var (pages, seen) = (0, new HashSet<uint>());
        for (var offset = Next; offset != 0 && seen.Add(offset) && seen.Count < MostEntries;)
        {
            var page = At(offset);
            if (((page.Integer(254) ?? 0) & 5) == 0 && page.Integer(256) > 0) pages++;
            offset = page.Next;
        }

        return pages;
    }

    private uint Number(int bytes, int at)
    {
        var span = file.Span.Slice(at, bytes);
        return bytes switch
        {
            1 => span[0],
            2 => little ? BinaryPrimitives.ReadUInt16LittleEndian(span) : BinaryPrimitives.ReadUInt16BigEndian(span),
            _ => little ? BinaryPrimitives.ReadUInt32LittleEndian(span) : BinaryPrimitives.ReadUInt32BigEndian(span),
        };
    }
}
