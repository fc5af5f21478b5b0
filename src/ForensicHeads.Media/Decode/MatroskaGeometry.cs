using System.Buffers.Binary;

namespace ForensicHeads.Media.Decode;

/// <summary>Reads the cropping, the size on the screen and the turn of a video track of Matroska or WebM (RFC 9559, 5.1.4.1.28).</summary>
internal static class MatroskaGeometry
{
    private const long Segment = 0x18538067, Tracks = 0x1654AE6B, Entry = 0xAE, Type = 0x83, Video = 0xE0;
    private const int MostBytes = 16 << 20;
    private const int MostElements = 100_000;

    /// <summary>The geometry of a track; empty where there is none or the elements are damaged.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="number">Which of the video tracks, from 0.</param>
    /// <param name="width">Stored width in pixels.</param>
    /// <param name="height">Stored height in pixels.</param>
    internal static ContainerGeometry OfTrack(Stream stream, int number, int width, int height)
    {
        try
        {
            var track = Elements(LoadTracks(stream)).Where(element => element.Id == Entry)
                .Select(element => Elements(element.Body).ToArray())
                .Where(entry => entry.Any(element => element.Id == Type && Integer(element.Body) == 1)).Skip(number).First();
            return Read(Elements(track.First(element => element.Id == Video).Body).ToArray(), width, height);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException or OverflowException
            or IndexOutOfRangeException)
        {
            return new();
        }
    }

    private static ContainerGeometry Read((long Id, ReadOnlyMemory<byte> Body)[] video, int width, int height)
    {
        long? Number(long id) => video.Where(element => element.Id == id).Select(element => (long?)Integer(element.Body)).FirstOrDefault();
        var (bottom, top, left, right) = (Number(0x54AA) ?? 0, Number(0x54BB) ?? 0, Number(0x54CC) ?? 0, Number(0x54DD) ?? 0);
        var area = new CropArea((int)left, (int)top, (int)(width - left - right), (int)(height - top - bottom));
        // Unit 4 is "unknown". Centimetres, inches and a ratio are as good as pixels for the shape.
        var size = (Number(0x54B0), Number(0x54BA)) is ({ } across and > 0, { } down and > 0) && Number(0x54B2) is not 4
            ? ((double, double)?)(across, down) : null;
        var projection = video.FirstOrDefault(element => element.Id == 0x7670).Body;
        return new(area.Cuts(width, height) ? area : null, projection.Length > 0 ? Pose(Elements(projection).ToArray()) : null, size);
    }

    /// <summary>A rectangular picture may be turned about its middle and about its upright axis; the roll is counter-clockwise and comes
    /// after the yaw, which mirrors.</summary>
    private static Orientation? Pose((long Id, ReadOnlyMemory<byte> Body)[] projection)
    {
        double Float(long id) => projection.Where(element => element.Id == id).Select(element => Real(element.Body.Span)).FirstOrDefault();
        if (projection.Any(element => element.Id == 0x7671 && Integer(element.Body) != 0)) return null;
        var (yaw, pitch, roll) = (Float(0x7673), Float(0x7674), Float(0x7675));
        if (pitch != 0 || !double.IsFinite(roll) || (yaw == 0 && roll == 0)) return null;
        return yaw == 0 ? Orientations.OfDegrees(-roll)
            : Math.Abs(yaw) == 180 ? Orientation.Mirror.Then(Orientations.OfDegrees(-roll)) : null;
    }

    private static ReadOnlyMemory<byte> LoadTracks(Stream stream)
    {
        stream.Position = 0;
        var head = new byte[12];
        // An editor may have moved the tracks behind the pictures, so clusters are stepped over.
        for (var elements = 0; elements < MostElements; elements++)
        {
            var start = stream.Position;
            var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var at = 0;
            if (read < 2) break;
            var id = Variable(head.AsSpan(0, read), ref at, keepsMark: true);
            var length = Variable(head.AsSpan(0, read), ref at, keepsMark: false);
            stream.Position = start + at;
            if (id == Segment) continue;
            if (id == Tracks && length is > 0 and <= MostBytes)
            {
                var body = new byte[length];
                stream.ReadExactly(body);
                return body;
            }

            if (length < 0 || length > stream.Length - stream.Position) break;
            stream.Position += length;
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    private static IEnumerable<(long Id, ReadOnlyMemory<byte> Body)> Elements(ReadOnlyMemory<byte> all)
    {
        for (var at = 0; at < all.Length;)
        {
            var id = Variable(all.Span, ref at, keepsMark: true);
            var length = Variable(all.Span, ref at, keepsMark: false);
            if (length < 0 || length > all.Length - at) yield break;
            yield return (id, all.Slice(at, (int)length));
            at += (int)length;
        }
    }

    /// <summary>A number whose first bits say how long it is; −1 where all its bits are ones, which means "unknown".</summary>
    private static long Variable(ReadOnlySpan<byte> bytes, ref int at, bool keepsMark)
    {
        var first = bytes[at];
        var length = 1;
        while (length <= 8 && (first & (0x100 >> length)) == 0) length++;
        if (length > 8) throw new InvalidOperationException("no number of EBML");
        long value = keepsMark ? first : first & ((0x100 >> length) - 1);
        for (var i = 1; i < length; i++) value = (value << 8) | bytes[at + i];
        at += length;
        return !keepsMark && value == (1L << (7 * length)) - 1 ? -1 : value;
    }

    private static long Integer(ReadOnlyMemory<byte> body)
    {
        long value = 0;
        foreach (var one in body.Span) value = (value << 8) | one;
        return value;
    }

    private static double Real(ReadOnlySpan<byte> body) => body.Length switch
    {
        4 => BinaryPrimitives.ReadSingleBigEndian(body),
        8 => BinaryPrimitives.ReadDoubleBigEndian(body),
        _ => 0,
    };
}
