using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace ForensicHeads.Cli.Tests.Frame;

public class ProgressTests
{
    [Fact]
    public void Redirected_progress_is_a_line_every_five_seconds_with_rate_and_time_left()
    {
        using var writer = new StringWriter();
        var time = new FakeTimeProvider();
        var progress = new LineProgress(writer, time);
        progress.Report(new StepProgress("learning", 100, 300, "steps"));
        time.Advance(TimeSpan.FromSeconds(4));
        progress.Report(new StepProgress("learning", 140, 300, "steps"));
        Assert.Empty(writer.ToString());
        time.Advance(TimeSpan.FromSeconds(6));
        progress.Report(new StepProgress("learning", 200, 300, "steps", "loss 0.5"));
        Assert.Equal("learning: 200/300 steps (66 %), 10 steps/s, 0:00:10 left, loss 0.5\n", writer.ToString());
        time.Advance(TimeSpan.FromSeconds(1));
        progress.Report(new StepProgress("learning", 300, 300, "steps"));
        progress.Report(new StepProgress("learning", 300, 300, "steps"));
        Assert.Equal(2, writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_terminal_gets_a_bar_and_the_work_its_result()
    {
        using var writer = new WatchedWriter("learning [odd] 1/2");
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new Screen(writer), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        var context = new CliContext(TextWriter.Null, writer, console, TimeProvider.System);
        Assert.True(context.IsTerminal);
        var answer = await ProgressDisplay.ShowAsync(context, async progress =>
        {
            progress.Report(new StepProgress("learning [odd]", 1, 2, "steps", "loss 0.5"));
            await writer.Seen.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            progress.Report(new StepProgress("learning [odd]", 2, 2, "steps"));
            return 42;
        });
        Assert.Equal(42, answer);
    }

    private sealed class WatchedWriter(string words) : StringWriter
    {
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => seen.Task;

        public override void Write(string? value)
        {
            base.Write(value);
            if (ToString().Contains(words, StringComparison.Ordinal)) seen.TrySetResult();
        }
    }

    private sealed class Screen(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = TextWriter.Synchronized(writer);

        public bool IsTerminal => true;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
