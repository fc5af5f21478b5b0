using System.Globalization;

namespace ForensicHeads.Media.Decode;

/// <summary>
/// Sends many short sequences through H.264 and back, each by an encoder of its own with the same arguments, but all by two runs of the
/// <c>ffmpeg</c> program: starting a program costs more than coding a short sequence.
/// </summary>
/// <remarks>The bytes of a sequence depend on its frames and the rate factor alone, not on what else is coded beside it.</remarks>
public static class H264Sequences
{
    /// <summary>Most sequences of one call: each is an open file and an argument list.</summary>
    public const int MostSequences = 64;

    private const string ToYuv =
        "scale=out_color_matrix=bt709:out_range=tv:flags=bilinear+accurate_rnd+full_chroma_int+bitexact,format=yuv420p";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Encodes (x264, preset medium, yuv420p, BT.709, one thread, 25 frames a second) and decodes again.</summary>
    /// <param name="sequences">1 … <see cref="MostSequences"/> sequences of at least one frame, all of one even size.</param>
    /// <param name="crf">Constant rate factor, 0 … 51.</param>
    /// <param name="cancellation">Stops the program.</param>
    /// <exception cref="UserErrorException">ffmpeg or libx264 is missing, the disk is full, or the rate factor is out of range.</exception>
    public static IReadOnlyList<CodedSequence> RoundTrip(IReadOnlyList<IReadOnlyList<RgbImage>> sequences, int crf,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count == 0) return [];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequences.Count, MostSequences);
        var options = new VideoEncoderOptions { Crf = crf };
        options.Validate();
        var (width, height) = (sequences[0][0].Width, sequences[0][0].Height);
        if (width % 2 != 0 || height % 2 != 0)
            throw new UserErrorException(
                $"Frames of {width}×{height} cannot be coded as H.264 in 4:2:0 without losing a line; use an even size.");
        if (sequences.Any(sequence => sequence.Count == 0 || sequence.Any(frame => frame.Width != width || frame.Height != height)))
            throw new ArgumentException($"All frames must be {width}×{height}, and no sequence may be empty.", nameof(sequences));
        using var folder = new TemporaryFolder();
        try
        {
            for (var i = 0; i < sequences.Count; i++) Write(folder.Path, Raw(i), sequences[i]);
            Run(folder.Path, Encode(sequences.Count, width, height, options), cancellation);
            Run(folder.Path, Decode(sequences.Count), cancellation);
            return Read(folder["all.rgb"],
                [.. sequences.Select((sequence, i) => (sequence.Count, 8 * new FileInfo(folder[Coded(i)]).Length))], width, height);
        }
        catch (IOException error)
        {
            throw new UserErrorException(
                $"Frames could not be sent through H.264: {error.Message} Check the disk space of the temporary folder.", inner: error);
        }
    }

    private static string Raw(int i) => FormattableString.Invariant($"{i}.rgb");

    private static string Coded(int i) => FormattableString.Invariant($"{i}.h264");

    private static void Write(string folder, string name, IReadOnlyList<RgbImage> frames)
    {
        using var stream = OwnFiles.Open(folder, name, FileMode.CreateNew, FileAccess.Write);
        foreach (var frame in frames) stream.Write(frame.Pixels);
    }

    // Messages about the encoder's settings (NAL units of type 6) are longer than a short sequence and say nothing about it.
    private static IEnumerable<string> Encode(int count, int width, int height, VideoEncoderOptions options)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        var rate = options.FramesPerSecond.ToString("0.######", CultureInfo.InvariantCulture);
        var crf = options.Crf.ToString(CultureInfo.InvariantCulture);
        return
        [
            "-v", "error", "-nostdin",
            .. Enumerable.Range(0, count)
            .SelectMany(i => new[] { "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-framerate", rate, "-i", "file:" + Raw(i) }),
            .. Enumerable.Range(0, count).SelectMany(i => new[]
            {
                "-map", FormattableString.Invariant($"{i}:v"), "-vf", ToYuv, "-c:v", "libx264", "-preset", options.Preset, "-crf", crf,
                    "-pix_fmt", "yuv420p",
                "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv", "-threads", "1",
                "-bsf:v", "filter_units=remove_types=6", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "h264", "-y",
                    "file:" + Coded(i),
            }),
        ];
    }

    private static IEnumerable<string> Decode(int count) =>
    [
        "-v", "error", "-nostdin",
        .. Enumerable.Range(0, count).SelectMany(i => new[] { "-threads", "1", "-f", "h264", "-i", "file:" + Coded(i) }),
        "-filter_complex", string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"[{i}:v]")))
            + FormattableString.Invariant($"concat=n={count}:v=1:a=0,")
            + "scale=in_color_matrix=bt709:in_range=tv:flags=bilinear+accurate_rnd+full_chroma_int+bitexact,format=rgb24[all]",
        "-map", "[all]", "-fps_mode", "passthrough", "-f", "rawvideo", "-y", "file:all.rgb",
    ];

    private static void Run(string folder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        string? complaint = null;
        using var program =
            ChildProgram.Start("ffmpeg", arguments, Limit, line => complaint ??= line, feedsInput: false, cancellation, folder);
        var code = program.Finish();
        cancellation.ThrowIfCancellationRequested();
        if (code != 0 || program.Stopped)
            throw new UserErrorException(
                "Frames could not be sent through H.264: "
                + $"{(program.Stopped ? "ffmpeg was stopped" : MediaProbe.OneLine(complaint ?? "ffmpeg failed"))}. Check the disk space "
                + "and that ffmpeg has libx264.");
    }

    private static CodedSequence[] Read(string path, (int Frames, long Bits)[] sequences, int width, int height)
    {
        var bytes = width * height * 3;
        using var stream = PlainFile.Open(path);
        var (frames, expected) = (stream.Length / bytes, sequences.Sum(sequence => sequence.Frames));
        if (stream.Length != (long)expected * bytes) throw new InvalidDataException(
            $"{expected} frames went into H.264 and {frames} came out.");
        return Array.ConvertAll(sequences, sequence => new CodedSequence([.. Enumerable.Range(0, sequence.Frames).Select(_ =>
        {
            var pixels = new byte[bytes];
            stream.ReadExactly(pixels);
            return new RgbImage(width, height, pixels);
        })], sequence.Bits));
    }
}

/// <summary>A sequence of frames after a codec.</summary>
/// <param name="Frames">As many frames as went in, of the same size.</param>
/// <param name="Bits">Size of the coded frames in bits: parameter sets and slices, without container and without the encoder's notes about
/// itself.</param>
public sealed record CodedSequence(IReadOnlyList<RgbImage> Frames, long Bits);
