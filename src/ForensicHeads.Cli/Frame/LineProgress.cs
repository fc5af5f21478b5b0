using System.Globalization;

namespace ForensicHeads.Cli.Frame;

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
