using System.Buffers.Binary;

namespace ForensicHeads.Media.Tests.Decode;

/// <summary>Writes into a Matroska file what ffmpeg 5 cannot write, in the ten bytes where the size on the screen stands.</summary>
internal static class MatroskaEdits
{
    internal static void CropInPlaceOfSize(string path, int top, int bottom)
    {
        var (bytes, at) = Open(path);
        foreach (var (place, id, value) in new[] { (at, 0x54BB, top), (at + 5, 0x54AA, bottom) })
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(place), (ushort)id);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(place + 3), (ushort)value);
        }

        File.WriteAllBytes(path, bytes);
    }

    internal static void RollInPlaceOfSize(string path, float roll)
    {
        var (bytes, at) = Open(path);
        ReadOnlySpan<byte> head = [0x76, 0x70, 0x87, 0x76, 0x75, 0x84];
        head.CopyTo(bytes.AsSpan(at));
        BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(at + head.Length), roll);
        File.WriteAllBytes(path, bytes);
    }

    private static (byte[] Bytes, int At) Open(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x54, 0xB0, 0x82]);
        Assert.True(at > 0 && bytes.AsSpan(at + 5).StartsWith((ReadOnlySpan<byte>)[0x54, 0xBA, 0x82]), "no size on the screen was written");
        return (bytes, at);
    }
}
