using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Media.Decode;

/// <summary>The structure of an animated WebP (RFC 9649): which pictures, where on the canvas, how long.</summary>
/// <param name="Width">Width of the canvas in pixels.</param>
/// <param name="Height">Height of the canvas in pixels.</param>
/// <param name="Frames">Its pictures in order.</param>
/// <param name="IsWhole">Whether the file is as long as it says.</param>
internal sealed record WebpAnimation(int Width, int Height, IReadOnlyList<WebpFrame> Frames, bool IsWhole)
{
    private const int Header = 12;
    private byte[] file = [];
    private (int At, int Length) profile;

    /// <summary>Length in seconds.</summary>
    internal double Seconds => Frames.Sum(frame => frame.Seconds);

    /// <summary>Whether the first bytes are those of an animation.</summary>
    internal static bool IsAnimated(ReadOnlySpan<byte> head) =>
        head.Length > 20 && head.Slice(Header, 4).SequenceEqual("VP8X"u8) && (head[20] & 2) != 0;

    /// <summary>Reads it; null when there is no canvas.</summary>
    internal static WebpAnimation? Read(byte[] file)
    {
        if (file.Length < 30 || !IsAnimated(file)) return null;
        var frames = new List<WebpFrame>();
        var profile = (At: 0, Length: 0);
        double time = 0;
        foreach (var (type, at, length) in Chunks(file, Header, file.Length))
        {
            if (type == "ICCP") profile = (at, length);
            if (type != "ANMF" || length < 16) continue;
            var flags = file[at + 15];
            // Browsers show what is shorter than a hundredth of a second for a tenth; the file's own word is taken here.
            var seconds = Little24(file, at + 12) / 1000.0;
            frames.Add(new WebpFrame(2 * Little24(file, at), 2 * Little24(file, at + 3), 1 + Little24(file, at + 6),
                1 + Little24(file, at + 9), time, seconds, Blends: (flags & 2) == 0, Clears: (flags & 1) != 0,
                at + 16, at + length));
            time += seconds;
        }

        var declared = 8L + BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4));
        return new WebpAnimation(1 + Little24(file, 24), 1 + Little24(file, 27), frames, declared <= file.Length)
        {
            file = file,
            profile = profile,
        };
    }

    /// <summary>Chunks between two places: type, place and length of the contents. Ends where one is cut.</summary>
    internal static IEnumerable<(string Type, int At, int Length)> Chunks(byte[] file, int from, int to)
    {
        for (long at = from; at + 8 <= to;)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at + 4));
            if (at + 8 + length > to) yield break;
            yield return (Encoding.Latin1.GetString(file, (int)at, 4), (int)at + 8, (int)length);
            at += 8 + length + (length & 1);
        }
    }

    /// <summary>One picture of the animation as a file of its own.</summary>
    internal byte[] FileOf(WebpFrame frame)
    {
        var (from, to) = (frame.From, frame.To);
        var chunks = Chunks(file, from, to).Where(chunk => chunk.Type is "ALPH" or "VP8 " or "VP8L").ToArray();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        void Chunk(string type, ReadOnlySpan<byte> body)
        {
            writer.Write(Encoding.Latin1.GetBytes(type));
            writer.Write(body.Length);
            writer.Write(body);
            if (body.Length % 2 != 0) writer.Write((byte)0);
        }

        writer.Write("RIFF\0\0\0\0WEBP"u8);
        var extended = new byte[10];
        extended[0] = (byte)((chunks.Any(chunk => chunk.Type is "ALPH" or "VP8L") ? 0x10 : 0) | (profile.Length > 0 ? 0x20 : 0));
        // Width and height less one stand in the frame's head, six bytes before its chunks' flags and time.
        file.AsSpan(from - 10, 6).CopyTo(extended.AsSpan(4));
        Chunk("VP8X", extended);
        if (profile.Length > 0) Chunk("ICCP", file.AsSpan(profile.At, profile.Length));
        foreach (var (type, at, length) in chunks) Chunk(type, file.AsSpan(at, length));
        writer.Flush();
        var wrapped = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(wrapped.AsSpan(4), wrapped.Length - 8);
        return wrapped;
    }

    private static int Little24(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
}

/// <summary>One picture of an animated WebP.</summary>
/// <param name="Left">Where it lies on the canvas.</param>
/// <param name="Top">Where it lies on the canvas.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Time">When it is shown, in seconds.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Blends">Whether what lies under it shows through; else it replaces that.</param>
/// <param name="Clears">Whether its place is emptied before the next.</param>
/// <param name="From">Where its chunks begin in the file.</param>
/// <param name="To">Where they end.</param>
internal sealed record WebpFrame(int Left, int Top, int Width, int Height, double Time, double Seconds, bool Blends, bool Clears,
    int From, int To);
