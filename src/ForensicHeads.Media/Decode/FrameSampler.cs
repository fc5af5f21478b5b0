namespace ForensicHeads.Media.Decode;

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
