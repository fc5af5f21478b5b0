using System.Globalization;

namespace ForensicHeads.Media.Decode;

/// <summary>Pictures from the <c>ffmpeg</c> program, a child process with one decoder thread, so that a damaged file gives the same
/// pictures every time.</summary>
internal sealed class FfmpegFrames : FrameSource
{
    private readonly MediaFacts facts;
    private readonly MediaLimits limits;
    private readonly VideoPlan plan;
    private readonly CancellationToken cancellation;
    private readonly TimeProvider clock;
    private readonly ChildProgram program;
    private readonly DecoderLog log = new();
    private readonly byte[]? piped;
    private readonly int frameBytes;
    private bool stalled;

    internal FfmpegFrames(MediaFacts facts, MediaLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        (this.facts, this.limits, this.clock, this.cancellation) = (facts, limits, clock, cancellation);
        plan = facts.Plan ?? VideoPlan.Plain;
        frameBytes = checked(facts.Width * facts.Height * plan.PixelBytes);
        if (plan.PixelFormat != "rgb24") piped = GC.AllocateUninitializedArray<byte>(frameBytes);
        program = ChildProgram.Start("ffmpeg", Arguments(), limits.TimeLimit, log.Add, feedsInput: false, cancellation,
            memory: limits.MaxMemory, clock: clock);
    }

    internal override bool Next(byte[] pixels, int number, out double? time)
    {
        time = null;
        program.StopWhenOverdue();
        int read;
        using (clock.CreateTimer(_ => { stalled = true; program.Kill(); }, null, limits.StallLimit, Timeout.InfiniteTimeSpan))
        {
            read = Fill(piped ?? pixels);
        }

        cancellation.ThrowIfCancellationRequested();
        if (read < frameBytes) return false;
        if (piped is not null) plan.Finish(piped, pixels);
        time = log.TimeOf(number);
        return true;
    }

    internal override DecodeOutcome Conclude(int decoded)
    {
        var code = program.Finish();
        var failure = stalled ? string.Create(CultureInfo.InvariantCulture,
                $"the decoder gave nothing for {limits.StallLimit.TotalSeconds} s and was stopped")
            : program.Stopped ? string.Create(CultureInfo.InvariantCulture,
                $"decoding took more than {limits.TimeLimit.TotalSeconds} s and was stopped (TimeLimit)")
            : null;
        if (decoded == 0) return new DecodeOutcome(MediaStatus.Rejected, failure ?? $"no frame can be decoded{log.Quote()}", 0);
        failure ??= code != 0 ? $"the decoder failed after {decoded} frames{log.Quote()}" : MissingFrames(decoded) ?? log.Damage();
        // What the container claims is no evidence, but helps where there is some.
        if (failure is not null && facts.FramesAreCounted && facts.DeclaredFrames > decoded)
            failure += FormattableString.Invariant($"; the container claims {facts.DeclaredFrames}");
        return new DecodeOutcome(failure is null ? MediaStatus.Ok : MediaStatus.Partial, failure, decoded);
    }

    internal override void Stop() => program.Kill();

    public override void Dispose()
    {
        program.Dispose();
        log.Dispose();
    }

    private int Fill(byte[] buffer)
    {
        try
        {
            return program.Output.ReadAtLeast(buffer.AsSpan(0, frameBytes), frameBytes, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // Evidence only: packets that are in the file and gave no frame, never a length times a rate.
    private string? MissingFrames(int decoded) => plan.PacketsAreFrames && decoded < facts.PresentablePackets
        ? $"{decoded} frames came out of {facts.PresentablePackets} packets that are to be shown{log.Quote()}" : null;

    private string[] Arguments()
    {
        var demuxer = facts.Container switch
        {
            "mp4" or "avif" => "mov",
            "mpeg-ps" => "mpeg",
            "mpeg-ts" => "mpegts",
            var name => name,
        };
        string[] decoder = plan.Decoder is { } wanted ? ["-c:v", wanted] : [];
        return
        [
            "-hide_banner", "-nostats", "-nostdin", "-loglevel", "level+info", "-protocol_whitelist", "file,pipe",
            "-threads", "1", "-max_pixels", limits.MaxPixels.ToString(CultureInfo.InvariantCulture),
            // Turning is a filter of the plan, in its place among the others.
            "-noautorotate", .. decoder, "-f", demuxer, "-i", "file:" + Path.GetFullPath(facts.Path),
            "-map", FormattableString.Invariant($"0:{plan.Stream}"), "-an", "-sn", "-dn",
            "-vf", plan.Filters(facts.Width, facts.Height), "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1",
        ];
    }
}
