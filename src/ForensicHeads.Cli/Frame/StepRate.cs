using System.Globalization;

namespace ForensicHeads.Cli.Frame;

/// <summary>Rate and time left of one stage, counted from its first report: a resumed run does not count what was done before.</summary>
internal sealed class StepRate(TimeProvider time)
{
    private long started;
    private long first = -1;
    private double rate;

    /// <summary>Takes a report in.</summary>
    public void Observe(StepProgress step)
    {
        if (first < 0) (first, started) = (step.Done, time.GetTimestamp());
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        rate = seconds > 0 ? (step.Done - first) / seconds : 0;
    }

    /// <summary><c>12.5 frames/s, 1:40 left</c>; empty while nothing is known.</summary>
    public string Describe(StepProgress step)
    {
        if (rate <= 0) return "";
        var speed = rate >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} {step.Unit}/s")
            : string.Create(CultureInfo.InvariantCulture, $"{1 / rate:0.#} s each");
        if (step.Total <= step.Done) return speed;
        var left = TimeSpan.FromSeconds(Math.Min((step.Total - step.Done) / rate, TimeSpan.FromDays(999).TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"{speed}, {(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00} left");
    }
}
