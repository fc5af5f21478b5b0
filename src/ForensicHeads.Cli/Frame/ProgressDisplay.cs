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
