using System.Globalization;

namespace ForensicHeads.Media.Decode;

/// <summary>Writes frames as H.264 in mp4 with the <c>ffmpeg</c> program: yuv420p, BT.709, one thread, no clock and no tool names in the
/// file.</summary>
/// <remarks>The same frames and options give the same bytes. Odd sizes lose their last column or row, which 4:2:0 cannot hold. The file
/// takes its name in <see cref="Complete"/>.</remarks>
public sealed class VideoEncoder : IDisposable
{
    private readonly ChosenPath path;
    private readonly ChosenPath temporary;
    private readonly ChildProgram program;
    private readonly int width;
    private readonly int height;
    private readonly TimedFrames? times;
    private string? complaint;

    /// <summary>Starts the encoder.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="width">Width of every frame, at least 2 pixels.</param>
    /// <param name="height">Height of every frame, at least 2 pixels.</param>
    /// <param name="options">Quality and rate, or null for the defaults.</param>
    /// <param name="cancellation">Stops the encoder.</param>
    public VideoEncoder(string path, int width, int height, VideoEncoderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        options ??= new VideoEncoderOptions();
        options.Validate();
        (this.path, this.width, this.height) = (ChosenPath.Of(path), width, height);
        Directory.CreateDirectory(this.path.Folder);
        temporary = this.path.Temporary;
        program = ChildProgram.Start("ffmpeg", Arguments(options), options.TimeLimit, line =>
            complaint ??= line, feedsInput: true, cancellation);
        if (options.OwnTimes) times = new TimedFrames(program.Input, width, height);
    }

    /// <summary>Appends a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="timeS">Its time in seconds, later than that of the frame before; heeded with
    /// <see cref="VideoEncoderOptions.OwnTimes"/> only.</param>
    /// <exception cref="UserErrorException">The encoder has ended, for want of disk space say.</exception>
    public void Write(RgbImage frame, double timeS = 0)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Width != width || frame.Height != height)
            throw new ArgumentException($"A frame of {frame.Width}×{frame.Height} does not fit a video of {width}×{height}.",
                nameof(frame));
        try
        {
            if (times is null) program.Input.Write(frame.Pixels);
            else times.Write(frame.Pixels, timeS);
        }
        catch (IOException error)
        {
            throw Failure(error);
        }
    }

    /// <summary>Ends the file and gives it its name.</summary>
    /// <exception cref="UserErrorException">The encoder failed; nothing is left under the name.</exception>
    public void Complete()
    {
        try
        {
            program.Input.Close();
            if (program.Finish() != 0 || program.Stopped) throw Failure(null);
            using (var stream = OwnFiles.Open(temporary.Folder, temporary.Name, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(
                flushToDisk: true);
            OwnFiles.Move(path.Folder, temporary.Name, path.Name);
        }
        catch (IOException error)
        {
            throw Failure(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        program.Dispose();
        OwnFiles.Delete(temporary.Folder, temporary.Name);
    }

    private UserErrorException Failure(Exception? inner) => new(
        $"Cannot write {path.Full}: "
            + (program.Stopped ? "the encoder was stopped" : MediaProbe.OneLine(complaint ?? inner?.Message ?? "the encoder failed"))
            + ". Check the disk space and that ffmpeg has libx264.",
        inner: inner);

    private string[] Arguments(VideoEncoderOptions options)
    {
        string[] input = options.OwnTimes
            ?
            [
                "-f", "matroska", "-i", "pipe:0", "-fps_mode", "passthrough", "-enc_time_base", "-1", "-video_track_timescale", "90000",
            ]
            :
            [
                "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"),
                "-framerate", options.FramesPerSecond.ToString("0.######", CultureInfo.InvariantCulture), "-i", "pipe:0",
            ];
        var filters = "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,"
            + "scale=out_color_matrix=bt709:out_range=tv:flags=bilinear+accurate_rnd+full_chroma_int+bitexact,format=yuv420p";
        string[] comment = options.Comment is null ? [] : ["-metadata", "comment=" + options.Comment];
        string[] coding = options.Lossless ? ["-c:v", "libx264rgb", "-preset", options.Preset, "-crf", "0", "-pix_fmt", "rgb24"]
            :
            [
                "-vf", filters, "-c:v", "libx264", "-preset", options.Preset, "-crf", options.Crf.ToString(CultureInfo.InvariantCulture),
                "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            ];
        return
        [
            "-v", "error", .. input, .. coding,
            "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", .. comment, "-movflags", "+faststart",
                "-f", "mp4", "-y", "file:" + temporary.Full,
        ];
    }
}

/// <summary>How H.264 is written.</summary>
public sealed record VideoEncoderOptions
{
    /// <summary>Constant rate factor of x264, 0 (lossless) … 51 (worst). Default 18.</summary>
    public int Crf { get; init; } = 18;

    /// <summary>Speed preset of x264. Default <c>medium</c>.</summary>
    public string Preset { get; init; } = "medium";

    /// <summary>Whether the very pixels are kept: H.264 of R, G and B, which programs read and browsers do not. Default false.</summary>
    public bool Lossless { get; init; }

    /// <summary>Frames per second, above 0 and at most 1,000. Default 25.</summary>
    public double FramesPerSecond { get; init; } = 25;

    /// <summary>Whether each frame is written with a time of its own, in place of a constant rate. Default false.</summary>
    public bool OwnTimes { get; init; }

    /// <summary>A comment for the container's metadata, or null. Default null: no metadata at all.</summary>
    public string? Comment { get; init; }

    /// <summary>Time for the whole encode. Default 2 hours.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(2);

    private static readonly string[] Presets =
        ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"];

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        if (Crf is < 0 or > 51) throw new UserErrorException($"Crf {Crf} is outside 0 … 51; 18 is usual.", 2);
        if (!Presets.Contains(Preset)) throw new UserErrorException($"Preset {Preset} is none of {string.Join(", ", Presets)}.", 2);
        if (!(FramesPerSecond is > 0 and <= 1000)) throw new UserErrorException(FormattableString.Invariant(
            $"{FramesPerSecond} frames per second are outside 0 … 1000; 25 is usual."), 2);
    }
}
