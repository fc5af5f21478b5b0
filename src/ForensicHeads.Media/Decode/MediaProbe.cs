using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Media.Decode;

/// <summary>Looks at a file without decoding it: container by its first bytes, limits by its headers.</summary>
public static class MediaProbe
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Reads the facts of a file and refuses what is not a known container or claims more than the limits allow.</summary>
    /// <exception cref="MediaRejectedException">The file is refused; the message is the reason.</exception>
    public static MediaFacts Inspect(string path, MediaLimits? limits = null, CancellationToken cancellation = default)
    {
        limits ??= new MediaLimits();
        limits.Validate();
        try
        {
            using var stream = PlainFile.Open(path);
            var (container, head) = Identify(stream, limits);
            var facts = new MediaFacts
            {
                Path = path,
                Sha256 = Hash(stream, cancellation),
                Bytes = stream.Length,
                Container = container.Name,
                IsPhoto = container.Demuxer is null,
                Codec = container.Name,
                Width = 0,
                Height = 0,
            };
            facts = facts.IsPhoto ? PhotoFacts(facts, stream, head) : VideoFacts(facts, container, limits, cancellation);
            CheckLimits(facts, limits);
            return facts;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            throw new MediaRejectedException($"cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    private static (MediaContainer Container, byte[] Head) Identify(FileStream stream, MediaLimits limits)
    {
        if (stream.Length == 0) throw new MediaRejectedException("the file is empty (0 bytes)");
        if (stream.Length > limits.MaxBytes) throw new MediaRejectedException(
            $"the file has {stream.Length} bytes; at most {limits.MaxBytes} are allowed (MaxBytes)");
        var head = new byte[Math.Min(MediaContainer.HeadLength, stream.Length)];
        stream.ReadExactly(head);
        return (MediaContainer.Of(head)
            ?? throw new MediaRejectedException($"not a known container by its first bytes; known are {MediaContainer.Allowed}"), head);
    }

    private static string Hash(FileStream stream, CancellationToken cancellation)
    {
        stream.Position = 0;
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        while (stream.Read(buffer) is var read and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static MediaFacts PhotoFacts(MediaFacts facts, FileStream stream, byte[] head)
    {
        var (width, height) = PhotoHeader.Size(facts.Container, stream, head)
            ?? throw new MediaRejectedException($"the {facts.Container} header is damaged: it gives no picture size");
        return facts with { Width = width, Height = height, DeclaredFrames = 1, FramesAreCounted = true };
    }

    private static MediaFacts VideoFacts(MediaFacts facts, MediaContainer container, MediaLimits limits, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-v", "error", "-protocol_whitelist", "file,pipe", "-f", container.Demuxer!, "-select_streams", "v:0",
            "-show_entries",
                "stream=codec_name,width,height,avg_frame_rate,r_frame_rate,nb_frames,duration:"
                + "stream_tags=rotate:stream_side_data=rotation:format=duration",
            "-of", "json", "-i", "file:" + Path.GetFullPath(facts.Path),
        ];
        string? complaint = null;
        using var program = ChildProgram.Start(
            "ffprobe", arguments, ProbeLimit, line => complaint ??= line, feedsInput: false, cancellation, memory: limits.MaxMemory);
        var json = ReadBounded(program.Output);
        program.Finish();
        cancellation.ThrowIfCancellationRequested();
        if (program.Stopped) throw new MediaRejectedException($"reading its headers took more than {ProbeLimit.TotalSeconds:0} s");
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(facts, document.RootElement);
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new MediaRejectedException($"its headers cannot be read as {container.Name}{Quote(complaint)}", error);
        }

        MediaFacts Parse(MediaFacts basis, JsonElement root)
        {
            if (!root.TryGetProperty("streams", out var streams)) throw new MediaRejectedException(
                $"its headers cannot be read as {container.Name}{Quote(complaint)}");
            if (streams.GetArrayLength() == 0)
            {
                // A cut file without its index also shows no streams, but then ffprobe has complained.
                throw new MediaRejectedException(complaint is null ? "no video stream"
                    : $"its headers cannot be read as {container.Name}{Quote(complaint)}");
            }

            return ProbeReport.Read(basis, streams[0], root);
        }
    }

    private static string ReadBounded(Stream stream)
    {
        // A report is a few hundred bytes; a file that makes it longer than a megabyte is not worth reading.
        var buffer = new byte[1 << 20];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string Quote(string? complaint) => complaint is null ? "" : $" ({OneLine(complaint)})";

    /// <summary>A message of ffmpeg without addresses and control characters, at most 160 characters.</summary>
    internal static string OneLine(string text)
    {
        var clean = System.Text.RegularExpressions.Regex.Replace(text, @"\s*@ 0x[0-9a-f]+|[\p{C}]", "").Trim();
        return clean.Length > 160 ? clean[..160] + "…" : clean;
    }

    private static void CheckLimits(MediaFacts facts, MediaLimits limits)
    {
        if (facts.Width < 1 || facts.Height < 1)
            throw new MediaRejectedException($"its picture size {facts.Width}×{facts.Height} is empty");
        if ((long)facts.Width * facts.Height > limits.MaxPixels)
            throw new MediaRejectedException(
                $"its frames have {facts.Width}×{facts.Height} pixels; at most {limits.MaxPixels} pixels are allowed (MaxPixels)");
        if (facts.Seconds > limits.MaxSeconds)
            throw new MediaRejectedException(string.Create(CultureInfo.InvariantCulture,
                $"it lasts {facts.Seconds:0.#} s; at most {limits.MaxSeconds} s are allowed (MaxSeconds)"));
        if (facts.DeclaredFrames > limits.MaxFrames)
            throw new MediaRejectedException(
                $"it declares {facts.DeclaredFrames} frames; at most {limits.MaxFrames} are allowed (MaxFrames)");
    }
}

/// <summary>The containers that are read, each known by its first bytes. Whatever is not here, playlists above all, is refused.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Demuxer">The demuxer that ffmpeg is forced to use; null for photos.</param>
internal sealed record MediaContainer(string Name, string? Demuxer)
{
    /// <summary>Bytes needed to tell.</summary>
    internal const int HeadLength = 64;

    internal const string Allowed = "mp4/mov, mpg, avi, mkv/webm, gif, png, jpg, bmp, webp, tiff, pgm/ppm";

    internal static MediaContainer? Of(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 8 && IsMovAtom(head.Slice(4, 4))) return new MediaContainer("mp4", "mov");
        if (head.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0xBA])) return new MediaContainer("mpeg-ps", "mpeg");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return new MediaContainer("matroska", "matroska");
        if (head.Length >= 12 && head.StartsWith("RIFF"u8)) return Riff(head.Slice(8, 4));
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return new MediaContainer("gif", "gif");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return new MediaContainer("png",
            null);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return new MediaContainer("jpeg", null);
        if (head.StartsWith("BM"u8) && head.Length >= 26) return new MediaContainer("bmp", null);
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8)) return new MediaContainer("tiff", null);
        if (head.Length >= 3 && head[0] == 'P' && head[1] is (byte)'5' or (byte)'6' && char.IsWhiteSpace((char)head[2]))
            return new MediaContainer("netpbm", null);
        return null;
    }

    private static bool IsMovAtom(ReadOnlySpan<byte> atom) =>
        atom.SequenceEqual("ftyp"u8) || atom.SequenceEqual("moov"u8) || atom.SequenceEqual("mdat"u8) || atom.SequenceEqual("wide"u8)
            || atom.SequenceEqual("free"u8) || atom.SequenceEqual("skip"u8);

    private static MediaContainer? Riff(ReadOnlySpan<byte> form)
    {
        if (form.SequenceEqual("AVI "u8)) return new MediaContainer("avi", "avi");
        return form.SequenceEqual("WEBP"u8) ? new MediaContainer("webp", null) : null;
    }
}
