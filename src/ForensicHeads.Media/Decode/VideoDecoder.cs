using System.Collections.Concurrent;

namespace ForensicHeads.Media.Decode;

/// <summary>Decodes a video frame by frame as it is meant to be shown: display geometry, sRGB, times from the first shown frame on. Holds
/// one frame at a time.</summary>
/// <remarks>
/// One decoder thread, so that a damaged file gives the same pictures every time. Frames are scaled to the size of the beginning should
/// the stream change it midway. Not thread-safe, apart from <see cref="Recycle"/>.
/// </remarks>
public sealed class VideoDecoder : IDisposable
{
    private readonly MediaFacts facts;
    private readonly MediaLimits limits;
    private readonly FrameSource source;
    private readonly ConcurrentBag<byte[]> spare = [];
    private readonly DateTime modified;
    private readonly int frameBytes;
    private int decoded;
    private double? first;
    private double last;

    /// <summary>Starts decoding.</summary>
    /// <param name="facts">A video that <see cref="MediaProbe.Inspect"/> let pass.</param>
    /// <param name="limits">Limits, or null for the defaults.</param>
    /// <param name="clock">What the limits of time are measured by, or null for the system's.</param>
    /// <param name="cancellation">Stops the decoder.</param>
    public VideoDecoder(
        MediaFacts facts,
        MediaLimits? limits = null,
        TimeProvider? clock = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.IsPhoto && facts.Plan is null)
            throw new ArgumentException($"{facts.Path} is a photo; the photo reader takes it.", nameof(facts));
        this.facts = facts;
        this.limits = limits ?? new MediaLimits();
        this.limits.Validate();
        frameBytes = checked(facts.Width * facts.Height * 3);
        modified = File.GetLastWriteTimeUtc(facts.Path);
        source = facts.Container == "webp" ? new WebpFrames(facts, this.limits, cancellation)
            : new FfmpegFrames(facts, this.limits, clock ?? TimeProvider.System, cancellation);
    }

    /// <summary>How the decode ended; null before <see cref="Next"/> has returned null.</summary>
    public DecodeOutcome? Outcome { get; private set; }

    /// <summary>The next frame, or null at the end.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public VideoFrame? Next()
    {
        if (Outcome is not null) return null;
        var pixels = spare.TryTake(out var used) ? used : GC.AllocateUninitializedArray<byte>(frameBytes);
        if (!source.Next(pixels, decoded, out var shown))
        {
            Outcome = File.GetLastWriteTimeUtc(facts.Path) != modified
                ? new DecodeOutcome(MediaStatus.Rejected, "the file changed while it was read", decoded) : source.Conclude(decoded);
            return null;
        }

        if (decoded == limits.MaxFrames)
        {
            source.Stop();
            Outcome =
                new DecodeOutcome(MediaStatus.Partial, $"it has more than {limits.MaxFrames} frames; the rest was left out (MaxFrames)",
                decoded);
            return null;
        }

        var number = decoded++;
        // Wherever a file begins to count, what is shown begins at 0. A frame without a time follows the one before.
        var next = number == 0 ? 0 : last + (facts.FrameRate > 0 ? 1 / facts.FrameRate : 1);
        first ??= shown - next;
        var time = last = shown - first ?? next;
        return new VideoFrame(number, time, new RgbImage(facts.Width, facts.Height, pixels));
    }

    /// <summary>Gives a frame's memory back for the next one; the frame must not be used afterwards.</summary>
    public void Recycle(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Image.Pixels.Length == frameBytes) spare.Add(frame.Image.Pixels);
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}

/// <summary>How a decode ended. The decoder's exit code alone proves nothing: a file cut to half ends with code 0.</summary>
/// <param name="Status">Ok, partial or rejected.</param>
/// <param name="Reason">One line; null when all is well.</param>
/// <param name="FramesDecoded">Frames that came out of the decoder.</param>
public sealed record DecodeOutcome(MediaStatus Status, string? Reason, int FramesDecoded);

/// <summary>One decoded frame.</summary>
/// <param name="Number">Number in the video as decoded, from 0.</param>
/// <param name="TimeS">Presentation time in seconds, from the first shown frame on.</param>
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
