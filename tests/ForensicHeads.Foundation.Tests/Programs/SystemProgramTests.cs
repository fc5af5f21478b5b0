using System.ComponentModel;

namespace ForensicHeads.Foundation.Tests.Programs;

public class SystemProgramTests
{
    [Fact]
    public async Task A_program_is_run_to_its_end_with_what_it_said()
    {
        var answer = await SystemProgram.RunAsync("sh", ["-c", "pwd; echo 'no room. ' >&2; exit 3"], folder: "/",
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((3, "/\n", "no room"), (answer.Code, answer.Output, answer.Said));
        var lines = new List<string>();
        answer = await SystemProgram.RunAsync("sh", ["-c", "cat; echo a >&2; echo b >&2"], lines.Add,
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((0, "", ""), (answer.Code, answer.Output, answer.Error));
        Assert.Equal(["a", "b"], lines);
        await Assert.ThrowsAsync<Win32Exception>(() => SystemProgram.RunAsync("no-such-program", [],
            cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_it_started_ends_with_it()
    {
        using var stop = new CancellationTokenSource();
        var began = DateTime.UtcNow;
        await Assert.ThrowsAsync<OperationCanceledException>(() => SystemProgram.RunAsync("sh", ["-c", "echo on >&2; sleep 100 & wait"],
            _ => stop.Cancel(), cancellation: stop.Token));
        Assert.InRange((DateTime.UtcNow - began).TotalSeconds, 0, 90);
    }
}
