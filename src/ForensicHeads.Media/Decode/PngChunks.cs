using System.Buffers.Binary;

namespace ForensicHeads.Media.Decode;

/// <summary>Walks the chunks of a PNG. Sums are left to the decoder.</summary>
internal static class PngChunks
{
    /// <summary>A chunk longer than this is metadata that nobody needs.</summary>
    private const int MostBytes = 16 << 20;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Whether it is an animation: a control chunk stands before the picture.</summary>
    internal static bool IsAnimated(Stream stream)
    {
        foreach (var (type, _) in Walk(stream, []))
        {
            if (type == "acTL") return true;
            if (type == "IDAT") return false;
        }

        return false;
    }

    /// <summary>Types in order, with the contents of those that are wanted. Ends at IEND or where the file does.</summary>
    internal static IEnumerable<(string Type, byte[] Data)> Walk(Stream stream, IReadOnlyCollection<string> wanted)
    {
        stream.Position = Signature.Length;
        var head = new byte[8];
        while (stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) == 8)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = System.Text.Encoding.Latin1.GetString(head, 4, 4);
            var next = stream.Position + length + 4;
            if (next > stream.Length) yield break;
            var data = Array.Empty<byte>();
            if (wanted.Contains(type) && length <= MostBytes)
            {
                data = new byte[length];
                stream.ReadExactly(data);
            }

            yield return (type, data);
            if (type == "IEND") yield break;
            stream.Position = next;
        }
    }
}
