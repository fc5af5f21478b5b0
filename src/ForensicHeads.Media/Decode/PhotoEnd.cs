using System.Buffers.Binary;

namespace ForensicHeads.Media.Decode;

/// <summary>Whether a photo is there to its end. What follows the end (the film of a motion photo, a second picture) is no
/// damage.</summary>
internal static class PhotoEnd
{
    /// <summary>Whether the end of the picture is in the file; true for kinds that have no mark of their end.</summary>
    internal static bool IsThere(string container, byte[] bytes)
    {
        switch (container)
        {
            case "jpeg":
                return IsJpegWhole(bytes);
            case "png":
                using (var stream = new MemoryStream(bytes, writable: false))
                    return PngChunks.Walk(stream, []).Any(chunk => chunk.Type == "IEND");
            case "webp":
                return 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) <= bytes.Length;
            default:
                return true;
        }
    }

    // Segments say their length; behind the head of a scan come coded data, in which a marker is an FF before anything but 00 and restarts.
    private static bool IsJpegWhole(byte[] bytes)
    {
        var at = 2;
        while (at + 1 < bytes.Length)
        {
            var (lead, marker) = (bytes[at], bytes[at + 1]);
            if (lead == 0xFF && marker == 0xD9) return true;
            if (lead != 0xFF || marker is 0 or 0xFF or (>= 0xD0 and <= 0xD7)) at++;
            else if (marker is 0x01 or 0xD8) at += 2;
            else if (at + 4 > bytes.Length) return false;
            else at += 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2)));
        }

        return false;
    }
}
