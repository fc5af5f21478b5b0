using System.Globalization;
using Spectre.Console;

namespace ForensicHeads.Cli.Frame;

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
