using System.Diagnostics;

namespace ForensicHeads.Cli.Tests.Frame;

/// <summary>The launcher with streams that take nothing.</summary>
public sealed class LostOutputTests : IDisposable
{
    private static readonly string[] Make = ["procedural", "--identities", "1", "--videos", "1", "--frames", "2", "--size", "64", "--out"];
    private readonly TestCli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("0<&- 2>&-")]
    public void Without_anybody_to_be_told_the_work_goes_on(string redirection)
    {
        var (code, output, _) = Run($"{redirection}", [.. Make, cli["people"], "--json"]);
        Assert.Equal(0, code);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
        Assert.Equal(2, FrameStore.Open(cli["people"]).Frames.Count);
    }

    [Theory]
    [InlineData(">/dev/full", "--json")]
    [InlineData(">/dev/full", "--verbose")]
    [InlineData(">&-", "--json")]
    public void A_result_that_cannot_be_written_is_said_in_a_line_and_the_files_are_there(string redirection, string how)
    {
        var (code, _, error) = Run(redirection, [.. Make, cli["people"], how]);
        Assert.Equal(1, code);
        Assert.Contains("could not be written to standard output", error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", error, StringComparison.Ordinal);
        Assert.Equal(2, FrameStore.Open(cli["people"]).Frames.Count);
    }

    [Fact]
    public void A_failure_with_nobody_to_be_told_has_its_exit_code()
    {
        Assert.Equal(2, Run("2>&-", ["ingest", cli["none"], "--out", cli["store"], "--json"]).Code);
        Assert.Equal(2, Run(">/dev/full 2>/dev/full", ["ingest", cli["none"], "--out", cli["store"], "--json"]).Code);
    }

    [Fact]
    public async Task A_number_with_a_comma_is_not_ten_times_as_large()
    {
        var result = await cli.Run("ingest", cli["none"], "--out", cli["store"], "--fps", "7,5");
        Assert.Equal(2, result.Code);
        Assert.Equal("forensicheads: --fps is '7,5'; write it with a point: 7.5. Run ./forensicheads ingest --help.",
            Assert.Single(result.ErrorLines));
    }

    private static (int Code, string Output, string Error) Run(string redirection, string[] words)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        // The launcher would build; what it does with the streams comes before that.
        var opening = string.Join('\n', File.ReadLines(Path.Combine(Repository.Root, "forensicheads"))
            .Where(line => line.StartsWith("[ -e /proc/self/fd/", StringComparison.Ordinal)));
        var program = Path.Combine(AppContext.BaseDirectory, "forensicheads.dll");
        var script = $"main() {{ {opening}\nexec dotnet \"$@\"; }}\nmain \"$@\" {redirection}";
        foreach (var word in (string[])["-c", script, "bash", program, .. words]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}
