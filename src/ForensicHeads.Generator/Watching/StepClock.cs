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
        var result =
            new StepTimes(step, steps, all / steps, wait.TotalSeconds / steps, compute.TotalSeconds / steps, keep.TotalSeconds / steps,
            all > 0 ? wait.TotalSeconds / all : 0);
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

/// <summary>One line of <c>timings.jsonl</c>: where the seconds of the steps since the last line went.</summary>
/// <param name="Step">The last of the steps.</param>
/// <param name="Steps">How many there were.</param>
/// <param name="SecondsAStep">Seconds a step, all in all.</param>
/// <param name="WaitSeconds">Seconds a step in which the learner waited for frames.</param>
/// <param name="ComputeSeconds">Seconds a step in which it learnt.</param>
/// <param name="KeepSeconds">Seconds a step for logging, sample grids and checkpoints.</param>
/// <param name="WaitShare">Share of the waiting in the whole, 0 … 1.</param>
public sealed record StepTimes(
    int Step, int Steps, double SecondsAStep, double WaitSeconds, double ComputeSeconds, double KeepSeconds, double WaitShare)
{
    /// <summary>The times under the tags of TensorBoard.</summary>
    public IEnumerable<KeyValuePair<string, double>> Curves() =>
    [
        KeyValuePair.Create("time/seconds_a_step", SecondsAStep), KeyValuePair.Create("time/wait_share", WaitShare),
    ];
}
