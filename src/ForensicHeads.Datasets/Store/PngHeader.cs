using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Datasets.Store;

/// <summary>What can be said about a PNG without decoding it.</summary>
internal static class PngHeader
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Why the bytes are not an 8-bit RGB PNG of <paramref name="size"/>² pixels without metadata, or null when they
    /// are.</summary>
    /// <remarks>Text and EXIF chunks are refused: a mark in the files of one class would be a shortcut for the detector.</remarks>
    public static string? Fault(ReadOnlySpan<byte> png, int size)
    {
        if (png.Length < 33 || !png.StartsWith(Signature) || !png[12..16].SequenceEqual("IHDR"u8)) return "it is not a PNG";
        var width = BinaryPrimitives.ReadUInt32BigEndian(png[16..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(png[20..]);
        if (width != size || height != size) return $"it is {width}×{height} pixels where the store's size is {size}×{size}";
        if (png[24] != 8 || png[25] != 2)
            return $"it has bit depth {png[24]} and colour type {png[25]} where 8 and 2 (8-bit RGB) are needed";
        for (var at = 8; at < png.Length;)
        {
            if (at + 12 > png.Length) return "it is cut off";
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            var type = png.Slice(at + 4, 4);
            if (length > png.Length - at - 12) return "it is cut off";
            if (type.SequenceEqual("IEND"u8)) return at + 12 == png.Length ? null : "bytes follow its end";
            if (type.SequenceEqual("tEXt"u8) || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8)
                || type.SequenceEqual("eXIf"u8) || type.SequenceEqual("tIME"u8))
            {
                return $"it carries a metadata chunk ({Encoding.ASCII.GetString(type)})";
            }

            at += (int)length + 12;
        }

        return "it is cut off";
    }
}
