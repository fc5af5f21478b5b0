using System.Collections.Concurrent;
using System.Globalization;

namespace ForensicHeads.Media.Decode;

/// <summary>Decodes a video frame by frame with the <c>ffmpeg</c> program as a child process; holds one frame at a time.</summary>
/// <remarks>
/// One decoder thread, so that a damaged file gives the same pictures every time. Frames are scaled to the size that the headers
/// declare should the stream change it midway. Not thread-safe, apart from <see cref="Recycle"/>.
/// </remarks>
public sealed class VideoDecoder : IDisposable
{
    private readonly MediaFacts facts;
    private readonly MediaLimits limits;
    private readonly FrameSampler sampler;
    private readonly CancellationToken cancellation;
    private readonly TimeProvider clock;
    private readonly ChildProgram program;
    private readonly DecoderLog log = new();
    private readonly ConcurrentBag<byte[]> spare = [];
    private readonly DateTime modified;
    private readonly int frameBytes;
    private int decoded;

    /// <summary>Starts decoding.</summary>
    /// <param name="facts">A video that <see cref="MediaProbe.Inspect"/> let pass.</param>
    /// <param name="limits">Limits, or null for the defaults.</param>
    /// <param name="framesPerSecond">Keeps at most this many frames a second (the first of each interval); 0 keeps all.</param>
    /// <param name="clock">What the limits of time are measured by, or null for the system's.</param>
    /// <param name="cancellation">Stops the decoder.</param>
    public VideoDecoder(
        MediaFacts facts,
        MediaLimits? limits = null,
        double framesPerSecond = 0,
        TimeProvider? clock = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentOutOfRangeException.ThrowIfNegative(framesPerSecond);
        if (facts.IsPhoto) throw new ArgumentException($"{facts.Path} is a photo; the photo reader takes it.", nameof(facts));
        this.facts = facts;
        this.limits = limits ?? new MediaLimits();
        this.limits.Validate();
        sampler = new FrameSampler(framesPerSecond);
        (this.cancellation, this.clock) = (cancellation, clock ?? TimeProvider.System);
        frameBytes = checked(facts.Width * facts.Height * 3);
        modified = File.GetLastWriteTimeUtc(facts.Path);
        program = ChildProgram.Start(
            "ffmpeg",
            Arguments(),
            this.limits.TimeLimit,
            log.Add,
            feedsInput: false,
            cancellation,
            memory: this.limits.MaxMemory,
            clock: this.clock);
    }

    /// <summary>How the decode ended; null before <see cref="Next"/> has returned null.</summary>
    public DecodeOutcome? Outcome { get; private set; }

    /// <summary>The next frame, or null at the end.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public VideoFrame? Next()
    {
        while (Outcome is null)
        {
            program.StopWhenOverdue();
            var pixels = spare.TryTake(out var used) ? used : GC.AllocateUninitializedArray<byte>(frameBytes);
            var stalled = false;
            int read;
            using (clock.CreateTimer(_ => { stalled = true; program.Kill(); }, null, limits.StallLimit, Timeout.InfiniteTimeSpan))
            {
                read = ReadFrame(pixels);
            }

            cancellation.ThrowIfCancellationRequested();
            if (read < frameBytes)
            {
                Outcome = Conclude(stalled
                    ? string.Create(CultureInfo.InvariantCulture,
                    $"the decoder gave nothing for {limits.StallLimit.TotalSeconds} s and was stopped") : null);
                break;
            }

            if (decoded == limits.MaxFrames)
            {
                program.Kill();
                Outcome =
                    new DecodeOutcome(MediaStatus.Partial, $"it has more than {limits.MaxFrames} frames; the rest was left out (MaxFrames)",
                    decoded);
                break;
            }

            var number = decoded++;
            var time = log.TimeOf(number) ?? (facts.FrameRate > 0 ? number / facts.FrameRate : number);
            if (sampler.Keeps(time)) return new VideoFrame(number, time, new RgbImage(facts.Width, facts.Height, pixels));
            spare.Add(pixels);
        }

        return null;
    }

    /// <summary>Gives a frame's memory back for the next one; the frame must not be used afterwards.</summary>
    public void Recycle(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Image.Pixels.Length == frameBytes) spare.Add(frame.Image.Pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        program.Dispose();
        log.Dispose();
    }

    private int ReadFrame(byte[] pixels)
    {
        try
        {
            return program.Output.ReadAtLeast(pixels, frameBytes, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private DecodeOutcome Conclude(string? failure)
    {
        var code = program.Finish();
        if (File.GetLastWriteTimeUtc(facts.Path) != modified) return new DecodeOutcome(MediaStatus.Rejected,
            "the file changed while it was read", decoded);
        if (program.Stopped) failure ??= string.Create(
            CultureInfo.InvariantCulture, $"decoding took more than {limits.TimeLimit.TotalSeconds} s and was stopped (TimeLimit)");
        if (decoded == 0) return new DecodeOutcome(MediaStatus.Rejected, failure ?? $"no frame can be decoded{log.Quote()}", 0);
        failure ??= MissingFrames() ?? (code != 0 ? $"the decoder failed after {decoded} frames{log.Quote()}" : null) ?? log.Damage();
        return new DecodeOutcome(failure is null ? MediaStatus.Ok : MediaStatus.Partial, failure, decoded);
    }

    private string? MissingFrames()
    {
        // Containers count frames that edit lists hide at either end, and estimates from the duration are rougher still.
        var slack = facts.FramesAreCounted ? Math.Max(2, facts.DeclaredFrames / 100) : Math.Max(3, facts.DeclaredFrames / 20);
        return decoded < facts.DeclaredFrames - slack ? $"{decoded} of {facts.DeclaredFrames} declared frames could be decoded" : null;
    }

    private string[] Arguments()
    {
        var container = facts.Container switch { "mp4" => "mov", "mpeg-ps" => "mpeg", var name => name };
        // The scale filter changes nothing unless the stream changes its size midway; without it the pipe's framing would break.
        var filters = string.Create(
            CultureInfo.InvariantCulture,
            $"scale={facts.Width}:{facts.Height}:flags=bilinear+accurate_rnd+full_chroma_int+bitexact,format=rgb24,showinfo=checksum=0");
        return
        [
            "-hide_banner", "-nostats", "-nostdin", "-loglevel", "level+info", "-protocol_whitelist", "file,pipe",
            "-threads", "1", "-max_pixels", limits.MaxPixels.ToString(CultureInfo.InvariantCulture),
            "-f", container, "-i", "file:" + Path.GetFullPath(facts.Path), "-map", "0:v:0", "-an", "-sn", "-dn",
            "-vf", filters, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1",
        ];
    }
}

/// <summary>How a decode ended. The decoder's exit code alone proves nothing: a file cut to half ends with code 0.</summary>
/// <param name="Status">Ok, partial or rejected.</param>
/// <param name="Reason">One line; null when all is well.</param>
/// <param name="FramesDecoded">Frames that came out of the decoder, skipped ones included.</param>
public sealed record DecodeOutcome(MediaStatus Status, string? Reason, int FramesDecoded);

/// <summary>One decoded frame.</summary>
/// <param name="Number">Number in the video as decoded, from 0; frames skipped by a lower rate keep their numbers.</param>
/// <param name="TimeS">Presentation time in seconds.</param>
/// <param name="Image">The picture, upright.</param>
public sealed record VideoFrame(int Number, double TimeS, RgbImage Image);

/// <summary>Thins frames out to a lower rate: the first of each interval stays. Frames come in order of time.</summary>
/// <param name="framesPerSecond">Most frames a second; 0 keeps all.</param>
internal sealed class FrameSampler(double framesPerSecond)
{
    private long nextTick;

    /// <summary>Whether the frame at this time, in seconds, stays.</summary>
    internal bool Keeps(double time)
    {
        if (framesPerSecond <= 0) return true;
        // Half a millisecond of grace for times that were rounded in the container.
        var tick = (long)Math.Floor((time + 0.0005) * framesPerSecond);
        if (tick < nextTick) return false;
        nextTick = tick + 1;
        return true;
    }
}
