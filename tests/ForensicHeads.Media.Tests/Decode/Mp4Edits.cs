using System.Buffers.Binary;

namespace ForensicHeads.Media.Tests.Decode;

/// <summary>Writes into an MP4 what ffmpeg 5 cannot write.</summary>
internal static class Mp4Edits
{
    /// <summary>Sets the display matrix of the one track: x' = a·x + c·y, y' = b·x + d·y.</summary>
    internal static void SetMatrix(string path, int a, int b, int c, int d)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf("tkhd"u8) + 4 + 40;
        foreach (var (place, value) in new[] { (0, a), (4, b), (12, c), (16, d) })
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + place), value << 16);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Adds a clean aperture: its size, and how far its middle is from that of the picture.</summary>
    internal static void AddAperture(string path, int width, int height, int across, int down)
    {
        var bytes = File.ReadAllBytes(path);
        var clap = new byte[40];
        BinaryPrimitives.WriteInt32BigEndian(clap, clap.Length);
        "clap"u8.CopyTo(clap.AsSpan(4));
        int[] values = [width, 1, height, 1, across, 1, down, 1];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32BigEndian(clap.AsSpan(8 + (4 * i)), values[i]);
        // The index stands behind the pictures, so nothing that is pointed to moves.
        foreach (var box in new[] { "moov", "trak", "mdia", "minf", "stbl", "stsd", "avc1" })
        {
            var size = bytes.AsSpan(bytes.AsSpan().LastIndexOf(System.Text.Encoding.ASCII.GetBytes(box)) - 4);
            BinaryPrimitives.WriteInt32BigEndian(size, BinaryPrimitives.ReadInt32BigEndian(size) + clap.Length);
        }

        var entry = bytes.AsSpan().LastIndexOf("avc1"u8) + 4 + 78;
        File.WriteAllBytes(path, [.. bytes[..entry], .. clap, .. bytes[entry..]]);
    }
}
