using System.Text;
using ForensicHeads.Foundation.Programs;

namespace ForensicHeads.Foundation.Tests.Programs;

public sealed class WarmProgramTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_started_once_and_asked_many_times()
    {
        using var program = Shell("echo started >> starts; "
            + "while read job; do echo \"$job\" >> jobs; echo loading; echo '{\"ok\": true}'; done");
        for (var i = 0; i < 3; i++) Ask(program);
        Assert.Equal("started\n", File.ReadAllText(folder["starts"]));
        Assert.Equal(3, File.ReadLines(folder["jobs"]).Count());
        Assert.Contains("\"out\":", File.ReadLines(folder["jobs"]).First(), StringComparison.Ordinal);
        Assert.Contains("loading", Encoding.UTF8.GetString(log.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_no_fails_the_job_and_not_the_program()
    {
        using var program = Shell("echo x >> starts; while read job; do echo '{\"ok\": false, \"why\": \"no face\"}'; done");
        Assert.Equal("it said no: no face", Failed(program));
        Assert.Equal("it said no: no face", Failed(program));
        Assert.Single(File.ReadLines(folder["starts"]));
    }

    [Theory]
    [InlineData("read job; echo oops >&2; exit 3", "it ended with exit code 3 without an answer; it said: oops", 60)]
    [InlineData("read job; echo '{\"fine\": 1'; read more", "it answered '{\"fine\": 1', where", 60)]
    [InlineData("read job; sleep 600", "it took more than 2 s", 2)]
    [InlineData("read job; yes '{' ", "it answered '{', where", 60)]
    [InlineData("read job; yes", "it took more than 2 s", 2)]
    public void One_that_fails_is_started_again(string script, string why, int seconds)
    {
        using var program = Shell($"if [ -e again ]; then read job; echo '{{\"ok\": true}}'; else {script}; fi", seconds);
        Assert.Contains(why, Failed(program), StringComparison.Ordinal);
        File.WriteAllText(folder["again"], "");
        Ask(program);
    }

    [Fact]
    public void Answers_that_nobody_asked_for_are_not_taken_for_the_next()
    {
        using var program = Shell(
            "read job; echo '{\"ok\": true}'; echo '{\"ok\": true}'; "
            + "read job; sleep 0.2; echo '{\"ok\": false, \"why\": \"second\"}'; read job");
        Ask(program);
        Thread.Sleep(300);
        Assert.Equal("it said no: second", Failed(program));
    }

    private readonly ProgramLog log = new();

    private Dictionary<string, string> Values => new() { ["out"] = folder["out"] };

    private WarmProgram Shell(string script, int seconds = 60) =>
        new(new ForeignCommand { Words = ["sh", "-c", script], Folder = folder.Path, Limit = TimeSpan.FromSeconds(seconds) });

    private void Ask(WarmProgram program) => program.Ask(Values, log, Cancellation);

    private string Failed(WarmProgram program) => Assert.Throws<JobFailedException>(() => Ask(program)).Message;
}
