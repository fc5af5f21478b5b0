namespace ForensicHeads.Cli.Tests.Frame;

public class ExitCodeTests
{
    [Theory]
    [InlineData("bogus")]
    [InlineData("models")]
    [InlineData("models list --nope")]
    [InlineData("procedural")]
    [InlineData("procedural --out x --identities many")]
    [InlineData("procedural --out x --identities 0")]
    [InlineData("train --dry-run --preset heads-32")]
    [InlineData("train --dry-run")]
    [InlineData("train --preset heads-64")]
    [InlineData("train --dry-run --preset heads-64 --batch 0")]
    [InlineData("train --dry-run --preset heads-64 --device abacus")]
    [InlineData("adapt --weights w --shots-from s:v --shots 1 --mode fast --out h")]
    [InlineData("adapt --weights w --shots-from nocolon --shots 1 --out h")]
    [InlineData("adapt --weights w --shots-from s:v --out h")]
    [InlineData("adapt --weights w --shots 1 --out h")]
    [InlineData("adapt --weights w --shots-from s:v --photo p.jpg --out h")]
    [InlineData("adapt --weights w --photo p.jpg --out h")]
    [InlineData("adapt --weights w --shots-from s:v --shots 1 --consent c.json --out h")]
    [InlineData("ingest x --out y --shard 2")]
    [InlineData("ingest x --out y --layout tar")]
    [InlineData("ingest nowhere --out y")]
    public async Task Wrong_usage_is_one_line_and_exit_code_2(string line)
    {
        using var cli = new TestCli();
        var result = await cli.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.Code);
        Assert.StartsWith("forensicheads: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("train --preset heads-64 --data {0}/none --out {0}/run", "is not a store")]
    [InlineData("datasets split {0}/none", "is not a store")]
    [InlineData("datasets audit {0}/none --split x", "is not a store")]
    [InlineData("adapt --weights {0}/none --shots-from {0}/none:v --shots 1 --out {0}/h", "is not a store")]
    [InlineData("generate --head {0}/none --drive {0}/none:v --out {0}/g", "There is no head")]
    [InlineData("train --preset heads-64 --init {0}/none --data {0}/none --out {0}/run", "is not a store")]
    [InlineData("models fetch --from {0} --to {0}/models", "is not in")]
    public async Task Missing_input_is_one_line_and_exit_code_1(string line, string says)
    {
        using var cli = new TestCli();
        var result = await cli.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, cli.Folder).Split(' '));
        Assert.Equal(1, result.Code);
        var message = Assert.Single(result.ErrorLines);
        Assert.StartsWith("forensicheads: ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cli.Folder));
    }

    [Fact]
    public async Task A_failure_still_gives_one_json_document()
    {
        using var cli = new TestCli();
        var failed = await cli.Run("datasets", "split", cli["none"], "--json");
        Assert.Equal(1, failed.Json.GetProperty("exit_code").GetInt32());
        Assert.Contains("is not a store", failed.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await cli.Run("bogus", "--json")).Json.GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public void An_unexpected_error_is_one_line_with_a_hint_and_the_stack_only_on_request()
    {
        var (code, text) = Report(new InvalidOperationException("first\nsecond"), verbose: false);
        Assert.Equal(1, code);
        Assert.Equal("forensicheads: first second. This is a defect; run the command again with --verbose for the stack, and report it.\n",
            text);
        Assert.DoesNotContain("Parameter", Report(new ArgumentException("It is wrong.", nameof(text)), verbose: false).Text,
            StringComparison.Ordinal);
        Assert.True(Report(new InvalidOperationException("x"), verbose: true).Text.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries).Length > 1);
    }

    [Fact]
    public void A_user_error_inside_a_parallel_pass_keeps_its_message_and_code()
    {
        var (code, text) =
            Report(new AggregateException(new IOException("other"), new UserErrorException("mend this", exitCode: 3)), verbose: false);
        Assert.Equal(3, code);
        Assert.Equal("forensicheads: mend this\n", text);
    }

    private static (int Code, string Text) Report(Exception error, bool verbose)
    {
        using var writer = new StringWriter();
        var code = new Failure(TestCli.Context(TextWriter.Null, writer), Json: false, verbose).Of(error);
        return (code, writer.ToString());
    }
}
