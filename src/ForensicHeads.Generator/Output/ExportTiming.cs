namespace ForensicHeads.Generator.Output;

/// <summary>When the frames of an export are shown.</summary>
/// <param name="Times">Seconds from the first frame, one a frame, rising.</param>
/// <param name="FramesPerSecond">Where the rate is constant; null where each frame has the time of the driver's frame.</param>
/// <param name="IsChosen">Whether somebody asked for that rate; otherwise the times are the driver's.</param>
/// <param name="Seconds">From the first frame to the end of the last.</param>
public sealed record ExportTiming(IReadOnlyList<double> Times, double? FramesPerSecond, bool IsChosen, double Seconds)
{
    private const double UsualFramesPerSecond = 25;

    /// <summary>Steps that differ by less than this share of a step, by the rounding of a container, are one rate.</summary>
    private const double Even = 0.2;

    /// <summary>The times of a driver's frames; frames of one time, as photos have, are shown at 25 a second.</summary>
    /// <param name="seconds">Time of each frame, not falling.</param>
    public static ExportTiming Of(IReadOnlyList<double> seconds)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        double[] times = [.. seconds.Select(time => time - seconds[0])];
        if (times.Length < 2 || times[^1] <= 0) return Constant(times.Length, UsualFramesPerSecond) with { IsChosen = false };
        var rate = (times.Length - 1) / times[^1];
        if (times.Select((time, i) => Math.Abs((time * rate) - i)).Max() < Even)
            return Constant(times.Length, Math.Round(rate, 6)) with { IsChosen = false };
        var steps = times.Skip(1).Zip(times, (next, time) => next - time).Order().ToArray();
        var step = steps.FirstOrDefault(step => step > 0);
        // Frames of one time would be none.
        for (var i = 1; i < times.Length; i++) times[i] = Math.Max(times[i], times[i - 1] + (step / 10));
        return new ExportTiming(times, null, false, times[^1] + Math.Max(step, steps[steps.Length / 2]));
    }

    /// <summary>A rate that somebody asked for.</summary>
    public static ExportTiming Constant(int frames, double framesPerSecond) =>
        new([.. Enumerable.Range(0, frames).Select(i => i / framesPerSecond)], framesPerSecond, true, frames / framesPerSecond);
}
