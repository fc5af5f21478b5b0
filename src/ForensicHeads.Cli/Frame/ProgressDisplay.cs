using System.Globalization;
using Spectre.Console;

namespace ForensicHeads.Cli.Frame;

/// <summary>Shows how far the work has come: bars on a terminal, a plain line every few seconds elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs the work with a receiver of its reports.</summary>
    public static Task<T> ShowAsync<T>(CliContext context, Func<IProgress<StepProgress>, Task<T>> work)
    {
        if (!context.IsTerminal) return work(new LineProgress(context.Error, context.Time));
        return context.Terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(bars => work(new BarProgress(bars, context.Time)));
    }
}

/// <summary>A plain line a stage every few seconds, and one at its end.</summary>
internal sealed class LineProgress(TextWriter writer, TimeProvider time) : IProgress<StepProgress>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly Lock guard = new();
    private readonly Dictionary<string, Stage> stages = [];

    public void Report(StepProgress value)
    {
        lock (guard)
        {
            if (!stages.TryGetValue(value.Stage, out var stage)) stages[value.Stage] = stage =
                new Stage(new StepRate(time)) { Written = time.GetTimestamp() };
            stage.Rate.Observe(value);
            var ends = value.Total > 0 && value.Done >= value.Total && !stage.Ended;
            if (!ends && time.GetElapsedTime(stage.Written) < Every) return;
            stage.Written = time.GetTimestamp();
            stage.Ended |= ends;
            writer.WriteLine(PrintedText.Line(Line(value, stage.Rate)));
        }
    }

    private static string Line(StepProgress value, StepRate rate)
    {
        var count = value.Total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{value.Done}/{value.Total} {value.Unit} ({100 * value.Done / value.Total} %)")
            : string.Create(CultureInfo.InvariantCulture, $"{value.Done} {value.Unit}");
        return string.Join(
            ", ", new[] { $"{value.Stage}: {count}", rate.Describe(value), value.Note ?? "" }.Where(text => text.Length > 0));
    }

    private sealed class Stage(StepRate rate)
    {
        public StepRate Rate { get; } = rate;

        public long Written { get; set; }

        public bool Ended { get; set; }
    }
}

/// <summary>One bar a stage.</summary>
internal sealed class BarProgress(ProgressContext bars, TimeProvider time) : IProgress<StepProgress>
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, (ProgressTask Bar, StepRate Rate)> stages = [];

    public void Report(StepProgress value)
    {
        lock (guard)
        {
            if (!stages.TryGetValue(value.Stage, out var stage)) stages[value.Stage] = stage =
                (bars.AddTask(Markup.Escape(PrintedText.Line(value.Stage))), new StepRate(time));
            stage.Rate.Observe(value);
            stage.Bar.IsIndeterminate = value.Total == 0;
            if (value.Total > 0) stage.Bar.MaxValue = value.Total;
            stage.Bar.Value = value.Done;
            var count = value.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Done}/{value.Total}")
                : value.Done.ToString(CultureInfo.InvariantCulture);
            stage.Bar.Description = Markup.Escape(PrintedText.Line(string.Join(", ",
                new[] { $"{value.Stage} {count}", stage.Rate.Describe(value), value.Note ?? "" }.Where(text => text.Length > 0))));
        }
    }
}

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
