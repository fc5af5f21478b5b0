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
        // What stands for bytes that are no UTF-8: no program of ours could hand the name on.
        if (path.Contains('\uFFFD', StringComparison.Ordinal)) throw new MediaRejectedException(
            "its name is not in UTF-8, so that it cannot be opened; rename it (convmv -f latin1 -t utf8 does so for old Latin-1 names)");
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
                IsPhoto = container.IsPhoto,
                Codec = container.Name,
                Width = 0,
                Height = 0,
            };
            facts = container switch
            {
                { Demuxer: not null } => VideoFacts(facts, container, stream, limits, cancellation),
                { IsPhoto: true } => PhotoFacts(facts, stream, head),
                _ => AnimationFacts(facts, limits),
            };
            CheckSize(facts, limits);
            // Only then: a header may claim hours that the packets do not have.
            if (!facts.IsPhoto && container.Demuxer is { } demuxer) facts = Counted(facts, demuxer, limits, cancellation);
            CheckLength(facts, limits);
            return facts;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            throw new MediaRejectedException($"cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    /// <summary>Whether the first bytes of a file are those of a picture or video, one that is known and not read included.</summary>
    internal static bool IsKnown(string path)
    {
        try
        {
            using var stream = PlainFile.Open(path);
            return MediaContainer.Of(stream, Head(stream)) is not null;
        }
        catch (MediaRejectedException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            return false;
        }
    }

    private static byte[] Head(FileStream stream)
    {
        var head = new byte[Math.Min(MediaContainer.HeadLength, stream.Length)];
        stream.ReadExactly(head);
        return head;
    }

    private static (MediaContainer Container, byte[] Head) Identify(FileStream stream, MediaLimits limits)
    {
        if (stream.Length == 0) throw new MediaRejectedException("the file is empty (0 bytes)");
        if (stream.Length > limits.MaxBytes) throw new MediaRejectedException(
            $"the file has {stream.Length} bytes; at most {limits.MaxBytes} are allowed (MaxBytes)");
        var head = Head(stream);
        return (MediaContainer.Of(stream, head)
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
        return facts with
        {
            Width = width,
            Height = height,
            StoredWidth = width,
            StoredHeight = height,
            DeclaredFrames = 1,
            FramesAreCounted = true,
            PresentablePackets = 1,
        };
    }

    private static MediaFacts AnimationFacts(MediaFacts facts, MediaLimits limits)
    {
        var animation = WebpAnimation.Read(PlainFile.ReadBytes(facts.Path, limits.MaxBytes))
            ?? throw new MediaRejectedException($"the {facts.Container} header is damaged: it gives no picture size");
        return facts with
        {
            Width = animation.Width,
            Height = animation.Height,
            StoredWidth = animation.Width,
            StoredHeight = animation.Height,
            FrameRate = animation.Seconds > 0 ? animation.Frames.Count / animation.Seconds : 0,
            Seconds = animation.Seconds,
            DeclaredSeconds = animation.Seconds,
            DeclaredFrames = animation.Frames.Count,
            FramesAreCounted = true,
            PresentablePackets = animation.Frames.Count,
        };
    }

    /// <summary>Puts what the packets say above what the headers say: a header may be wrong, or count what is not shown.</summary>
    private static MediaFacts Counted(MediaFacts facts, string demuxer, MediaLimits limits, CancellationToken cancellation)
    {
        if (PacketCount.Of(facts.Path, demuxer, facts.Plan!.Stream, limits, cancellation) is not { } count) return facts;
        var measured = count.Seconds > 0 ? count.Presentable / count.Seconds : 0;
        return facts with
        {
            PresentablePackets = count.Presentable,
            Seconds = Right(facts.Seconds, count.Seconds),
            FrameRate = Right(facts.FrameRate, measured),
        };

        // A container's number is exact where it is right: 30000/1001.
        static double Right(double claimed, double found) =>
            found > 0 && Math.Abs(claimed - found) > 0.01 * found ? Math.Round(found, 6) : claimed;
    }

    private static MediaFacts VideoFacts(MediaFacts facts, MediaContainer container, FileStream file, MediaLimits limits,
        CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-v", "error", "-protocol_whitelist", "file,pipe", "-f", container.Demuxer!, "-select_streams", "v",
            // Some things are told by frames alone, and the first ones are enough.
            "-read_intervals", "%+#4", "-show_entries", ProbeReport.Entries, "-of", "json", "-i", "file:" + Path.GetFullPath(facts.Path),
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
            return Parse(document.RootElement);
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new MediaRejectedException($"its headers cannot be read as {container.Name}{Quote(complaint)}", error);
        }

        MediaFacts Parse(JsonElement root)
        {
            // A cut file without its index also shows no streams, but then ffprobe has complained.
            if (!root.TryGetProperty("streams", out var streams) || (streams.GetArrayLength() == 0 && complaint is not null))
                throw new MediaRejectedException($"its headers cannot be read as {container.Name}{Quote(complaint)}");
            if (ProbeReport.Shown(streams) is not var (stream, number))
                throw new MediaRejectedException(streams.GetArrayLength() == 0 ? "no video stream"
                    : "no video stream; its only picture is a cover that goes with sound");
            return ProbeReport.Read(facts, stream, root, (id, width, height) => container.Name switch
            {
                "mp4" => Mp4Geometry.OfTrack(file, Track(id), width, height),
                "avif" => Mp4Geometry.OfPicture(file, width, height),
                "matroska" => MatroskaGeometry.OfTrack(file, number, width, height),
                _ => new ContainerGeometry(),
            });
        }
    }

    /// <summary>A track's number from ffprobe's words, <c>0x1</c>; −1 where it says none.</summary>
    private static long Track(string id) => id.StartsWith("0x", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : -1;

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

    private static void CheckSize(MediaFacts facts, MediaLimits limits)
    {
        if (facts.Width < 1 || facts.Height < 1)
            throw new MediaRejectedException($"its picture size {facts.Width}×{facts.Height} is empty");
        if (Math.Max((long)facts.Width * facts.Height, (long)facts.StoredWidth * facts.StoredHeight) > limits.MaxPixels)
            throw new MediaRejectedException(
                $"its frames have {facts.Width}×{facts.Height} pixels; at most {limits.MaxPixels} pixels are allowed (MaxPixels)");
    }

    private static void CheckLength(MediaFacts facts, MediaLimits limits)
    {
        if (facts.Seconds > limits.MaxSeconds)
            throw new MediaRejectedException(string.Create(CultureInfo.InvariantCulture,
                $"it lasts {facts.Seconds:0.#} s; at most {limits.MaxSeconds} s are allowed (MaxSeconds)"));
        if (facts.ExpectedFrames > limits.MaxFrames)
            throw new MediaRejectedException(
                $"it declares {facts.ExpectedFrames} frames; at most {limits.MaxFrames} are allowed (MaxFrames)");
    }
}
