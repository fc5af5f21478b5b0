namespace ForensicHeads.Generator.Watching;

/// <summary>Splits the time of training steps into waiting for data, computing and keeping (logs, grids, checkpoints).</summary>
internal sealed class StepClock(TimeProvider time)
{
    private long mark = time.GetTimestamp();
    private int steps;
    private TimeSpan wait;
    private TimeSpan compute;
    private TimeSpan keep;

    public void Waited() => Pass(ref wait);

    public void Computed()
    {
        Pass(ref compute);
        steps++;
    }

    public void Kept() => Pass(ref keep);

    /// <summary>The times since the last reading, up to a step.</summary>
    public StepTimes Read(int step)
    {
        var all = (wait + compute + keep).TotalSeconds;
        var result = new StepTimes(step, steps, all / steps, wait.TotalSeconds / steps, compute.TotalSeconds / steps, keep.TotalSeconds / steps, all > 0 ? wait.TotalSeconds / all : 0);
        (steps, wait, compute, keep) = (0, default, default, default);
        return result;
    }

    private void Pass(ref TimeSpan total)
    {
        var now = time.GetTimestamp();
        total += time.GetElapsedTime(mark, now);
        mark = now;
    }
}
