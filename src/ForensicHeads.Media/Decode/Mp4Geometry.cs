using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Media.Decode;

/// <summary>Reads the clean aperture (<c>clap</c>) of a track, and of a still picture its clean aperture, turn (<c>irot</c>), mirror
/// (<c>imir</c>) and profile (ISO/IEC 14496-12, 23008-12).</summary>
internal static class Mp4Geometry
{
    private const int MostBytes = 64 << 20;
    private const int MostBoxes = 100_000;

    /// <summary>Bytes of a visual sample entry before its boxes.</summary>
    private const int SampleEntry = 78;

    /// <summary>The geometry of a track; empty where there is none or the boxes are damaged.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="track">The track's number.</param>
    /// <param name="width">Stored width in pixels.</param>
    /// <param name="height">Stored height in pixels.</param>
    internal static ContainerGeometry OfTrack(Stream stream, long track, int width, int height)
    {
        try
        {
            var moov = Load(stream, "moov");
            foreach (var (type, body) in Boxes(moov))
            {
                if (type != "trak" || Find(body, "tkhd") is not { Length: >= 24 } head) continue;
                if (BinaryPrimitives.ReadUInt32BigEndian(head.Span[(head.Span[0] == 1 ? 20 : 12)..]) != track) continue;
                if (Find(body, "mdia", "minf", "stbl", "stsd") is not { Length: > 8 + 8 + SampleEntry } entries) break;
                var (_, entry) = Boxes(entries[8..]).First();
                return Find(entry[SampleEntry..], "clap") is { } clap ? new(Aperture(clap.Span, width, height)) : new();
            }
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException or OverflowException
            or IndexOutOfRangeException)
        {
            // What is damaged says nothing; the decoder has its own word on the file.
        }

        return new();
    }

    /// <summary>The geometry of the primary picture of an AVIF.</summary>
    internal static ContainerGeometry OfPicture(Stream stream, int width, int height)
    {
        try
        {
            var meta = Load(stream, "meta")[4..];
            if (Find(meta, "pitm") is not { } primary || Find(meta, "iprp", "ipco") is not { } container
                || Find(meta, "iprp", "ipma") is not { } associations) return new();
            var item = primary.Span[0] == 0 ? BinaryPrimitives.ReadUInt16BigEndian(primary.Span[4..])
                : BinaryPrimitives.ReadUInt32BigEndian(primary.Span[4..]);
            var properties = Boxes(container).ToArray();
            var (crop, orientation, icc) = ((CropArea?)null, Orientation.Upright, Array.Empty<byte>());
            foreach (var (type, body) in Associated(associations, item).Where(i => i >= 1 && i <= properties.Length)
                .Select(i => properties[i - 1]))
            {
                var bytes = body.Span;
                if (type == "clap") crop = Aperture(bytes, width, height);
                // Turns are counter-clockwise; a mirroring of kind 0 lets top and bottom change places.
                if (type == "irot") orientation = orientation.Then(Orientations.OfDegrees(-90 * (bytes[0] & 3)));
                if (type == "imir") orientation = orientation.Then((bytes[0] & 1) == 0 ? Orientation.Flip : Orientation.Mirror);
                if (type == "colr" && (bytes.StartsWith("prof"u8) || bytes.StartsWith("rICC"u8))) icc = bytes[4..].ToArray();
            }

            var alpha = properties.Any(property => property.Type == "auxC"
                && Encoding.Latin1.GetString(property.Body.Span).Contains(":alpha", StringComparison.Ordinal));
            return new(crop, orientation) { Avif = new AvifParts(icc, alpha) };
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException or OverflowException
            or IndexOutOfRangeException)
        {
            return new();
        }
    }

    private static IEnumerable<int> Associated(ReadOnlyMemory<byte> box, uint item)
    {
        var (version, wide) = (box.Span[0], (box.Span[3] & 1) != 0);
        var at = 8;
        for (var left = BinaryPrimitives.ReadUInt32BigEndian(box.Span[4..]); left > 0; left--)
        {
            var id = version == 0 ? BinaryPrimitives.ReadUInt16BigEndian(box.Span[at..])
                : BinaryPrimitives.ReadUInt32BigEndian(box.Span[at..]);
            at += version == 0 ? 2 : 4;
            var count = box.Span[at++];
            for (var i = 0; i < count; i++)
            {
                var index = wide ? BinaryPrimitives.ReadUInt16BigEndian(box.Span[at..]) & 0x7FFF : box.Span[at] & 0x7F;
                at += wide ? 2 : 1;
                if (id == item) yield return index;
            }
        }
    }

    /// <summary>Width, height and the offset of the centre, each as a fraction (ISO/IEC 14496-12, 12.1.4).</summary>
    private static CropArea? Aperture(ReadOnlySpan<byte> box, int width, int height)
    {
        Span<double> values = stackalloc double[4];
        for (var i = 0; i < 4; i++)
            values[i] = BinaryPrimitives.ReadInt32BigEndian(box[(8 * i)..])
                / (double)BinaryPrimitives.ReadInt32BigEndian(box[((8 * i) + 4)..]);
        foreach (var value in values) if (!double.IsFinite(value)) return null;
        var (left, top) = (values[2] + ((width - values[0]) / 2), values[3] + ((height - values[1]) / 2));
        var area = new CropArea((int)Math.Round(left), (int)Math.Round(top), (int)Math.Round(values[0]), (int)Math.Round(values[1]));
        return area.Cuts(width, height) ? area : null;
    }

    /// <summary>The body of a box of the file itself; empty where it is missing.</summary>
    private static ReadOnlyMemory<byte> Load(Stream stream, string wanted)
    {
        var head = new byte[16];
        long start = 0;
        for (var boxes = 0; boxes < MostBoxes && start + 8 <= stream.Length; boxes++)
        {
            stream.Position = start;
            stream.ReadExactly(head, 0, 8);
            var (length, header) = ((long)BinaryPrimitives.ReadUInt32BigEndian(head), 8);
            if (length == 1)
            {
                stream.ReadExactly(head, 8, 8);
                (length, header) = (BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8)), 16);
            }

            if (length == 0) length = stream.Length - start;
            if (length < header || length > stream.Length - start) break;
            if (Encoding.Latin1.GetString(head, 4, 4) == wanted && length - header <= MostBytes)
            {
                var body = new byte[length - header];
                stream.ReadExactly(body);
                return body;
            }

            start += length;
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    private static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> boxes, params ReadOnlySpan<string> path)
    {
        foreach (var (type, body) in Boxes(boxes))
            if (type == path[0]) return path.Length == 1 ? body : Find(body, path[1..]);
        return null;
    }

    private static IEnumerable<(string Type, ReadOnlyMemory<byte> Body)> Boxes(ReadOnlyMemory<byte> all)
    {
        for (var at = 0; at + 8 <= all.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(all.Span[at..]);
            if (length == 0) length = (uint)(all.Length - at);
            if (length < 8 || at + length > all.Length) yield break;
            yield return (Encoding.Latin1.GetString(all.Span.Slice(at + 4, 4)), all.Slice(at + 8, (int)length - 8));
            at += (int)length;
        }
    }
}
