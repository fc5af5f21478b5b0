using System.Diagnostics;
using System.Text;
using ForensicHeads.Foundation.Programs;

namespace ForensicHeads.Foundation.Tests.Programs;

public sealed class ForeignProgramTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ProgramLog log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_runs_in_its_folder_without_a_shell_and_sees_little_of_the_environment()
    {
        Environment.SetEnvironmentVariable("FOREIGN_SECRET", "s3cret");
        Environment.SetEnvironmentVariable("FOREIGN_KEY", "k3y");
        Run(Shell("pwd; env; echo \"$1\" > \"$2\"", "$(touch bad)") with { Environment = ["FOREIGN_KEY"] });
        var said = Encoding.UTF8.GetString(log.ToArray());
        Assert.Contains(folder.Path, said, StringComparison.Ordinal);
        Assert.Contains("k3y", said, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", said, StringComparison.Ordinal);
        Assert.Equal("$(touch bad)\n", File.ReadAllText(folder["out"]));
        Assert.False(File.Exists(folder["bad"]));
    }

    [Fact]
    public void An_exit_code_and_the_last_line_are_told()
    {
        var error = Assert.Throws<JobFailedException>(() => Run(Shell("echo fine; echo out of memory >&2; exit 7")));
        Assert.Equal("it ended with exit code 7; it said: out of memory", error.Message);
    }

    [Fact]
    public void One_that_never_ends_is_ended_with_what_it_started()
    {
        var command = Shell("(sleep 600 & echo $! > child; setsid sleep 600 & echo $! > other; wait)")
            with
        { Limit = TimeSpan.FromSeconds(1) };
        var error = Assert.Throws<JobFailedException>(() => Run(command));
        Assert.StartsWith("it took more than 1 s (timeout_seconds) and was ended", error.Message, StringComparison.Ordinal);
        Gone("child", "other");
    }

    [Fact]
    public void What_it_leaves_running_is_ended_with_it()
    {
        Run(Shell("setsid sleep 600 > /dev/null 2>&1 & echo $! > child; sleep 600 & echo $! > other; exit 0"));
        Gone("child", "other");
    }

    [Fact]
    public void Who_asks_for_input_finds_none()
    {
        Run(Shell("read answer || echo nobody"));
        Assert.Equal("nobody", log.LastLine());
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        source.CancelAfter(300);
        Assert.ThrowsAny<OperationCanceledException>(() => ForeignProgram.Run(Shell("sleep 600"), Values, log, source.Token));
    }

    [Fact]
    // Longer than a whole number of 32 bits can say.
    public void Of_a_long_log_the_beginning_and_the_end_are_kept()
    {
        Run(Shell("echo first; head -c 2200000000 /dev/zero | tr '\\0' 'x'; echo; echo last"));
        Assert.Equal(2_200_000_012L, log.Length);
        var kept = log.ToArray();
        Assert.InRange(kept.Length, 2 * ProgramLog.Kept, (2 * ProgramLog.Kept) + 100);
        Assert.StartsWith("first\nxxx", Encoding.UTF8.GetString(kept), StringComparison.Ordinal);
        Assert.EndsWith("xxx\nlast\n", Encoding.UTF8.GetString(kept), StringComparison.Ordinal);
        Assert.Equal("last", log.LastLine());
    }

    [Theory]
    [InlineData(new[] { "{out}", "a" }, "there is no program")]
    [InlineData(new string[0], "command is empty")]
    [InlineData(new[] { "sh", "{in}", "{out}" }, "the placeholder {in} of command is not known; there are {out}, {seed}")]
    [InlineData(new[] { "sh" }, "command lacks the placeholder {out}")]
    public void Wrong_commands_are_refused(string[] words, string message)
    {
        var command = new ForeignCommand { Words = words, Folder = folder.Path };
        Exception? error = Record.Exception(() =>
        {
            command.Check("x.json", ["out"], ["seed"]);
            Run(command);
        });
        Assert.Contains(message, error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_beside_the_toolkit_is_not_taken_for_one_of_the_path()
    {
        var error = Assert.Throws<JobFailedException>(() => Run(new ForeignCommand { Words = ["my-tool", "{out}"], Folder = folder.Path }));
        Assert.Contains("there is no program my-tool on the PATH", error.Message, StringComparison.Ordinal);
        File.WriteAllText(folder["my-tool"], "#!/bin/sh\necho mine\n");
        using (var change = Process.Start("chmod", ["+x", folder["my-tool"]])) change.WaitForExit();
        Run(new ForeignCommand { Words = ["./my-tool", "{out}"], Folder = folder.Path });
        Assert.Equal("mine", log.LastLine());
    }

    private Dictionary<string, string> Values => new() { ["out"] = folder["out"] };

    private ForeignCommand Shell(string script, string argument = "") =>
        new() { Words = ["sh", "-c", script, "sh", argument, "{out}"], Folder = folder.Path };

    private void Run(ForeignCommand command) => ForeignProgram.Run(command, Values, log, Cancellation);

    private void Gone(params string[] names)
    {
        foreach (var name in names)
        {
            var id = int.Parse(File.ReadAllText(folder[name]), System.Globalization.CultureInfo.InvariantCulture);
            // A killed process may still be listed until somebody has asked for its end.
            var state = File.Exists($"/proc/{id}/stat") ? File.ReadAllText($"/proc/{id}/stat").Split(' ')[2] : "gone";
            Assert.True(state is "gone" or "Z", $"{name} is in state {state}");
        }
    }
}
