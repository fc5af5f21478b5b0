namespace ForensicHeads.Cli.Tests.Commands;

/// <summary><c>verify</c> as a command.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly TestCli cli = new();
    private readonly string head;

    public VerifyTests()
    {
        using var log = EvidenceLog.Open(cli["report"], TimeProvider.System, "results.json", "work");
        log.Append("start", new { primary_endpoint = "AUC" });
        AtomicFile.WriteText(cli["report/results.json"], "{}\n");
        AtomicFile.WriteText(Path.Combine(cli["report"], "work", "step.bin"), "cached");
        log.Close(TestContext.Current.CancellationToken);
        head = log.Head;
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_folder_as_it_was_written_is_said_to_be_so_with_its_head_hash()
    {
        var result = await cli.Succeed("verify", cli["report"], "--head", head.ToUpperInvariant());
        Assert.Equal($"{cli["report"]} is as it was written: 2 lines, 2 files.\nhead: {head}\n", result.Output);
        Directory.Delete(cli["report/work"], recursive: true);
        var json = (await cli.Succeed("verify", cli["report"], "--json")).Json;
        Assert.Equal((true, head, "work"),
            (json.GetProperty("holds").GetBoolean(), json.GetProperty("head").GetString(),
            json.GetProperty("removed_caches")[0].GetString()));
    }

    [Fact]
    public async Task What_is_not_as_it_was_written_comes_first_and_ends_with_1()
    {
        File.AppendAllText(cli["report/results.json"], " ");
        File.WriteAllText(cli["report/added.txt"], "");
        var result = await cli.Run("verify", cli["report"]);
        Assert.Equal(1, result.Code);
        Assert.StartsWith("added.txt was added.\nresults.json was changed: its SHA-256 starts ", result.Output, StringComparison.Ordinal);
        var json = (await cli.Run("verify", cli["report"], "--json")).Json;
        Assert.Equal(["added", "changed"],
            json.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("kind").GetString()));
        Assert.Equal(1, (await cli.Run("verify", cli["report"], "--head", new string('0', 64))).Code);
    }

    [Fact]
    public async Task Wrong_usage_is_told_from_a_folder_without_a_log()
    {
        Assert.Equal(2, (await cli.Run("verify", cli["none"])).Code);
        Assert.Equal(2, (await cli.Run("verify", cli["report"], "--head", "abc")).Code);
        Directory.CreateDirectory(cli["other"]);
        var result = await cli.Run("verify", cli["other"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("has no log.jsonl", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_drawn_again_join_the_log_unless_the_folder_was_changed()
    {
        // No report to draw from: the command fails, which the log says.
        Assert.Equal(1, (await cli.Run("report", cli["report"])).Code);
        Assert.Contains("\"what\":\"failed\"", File.ReadAllText(cli["report/log.jsonl"]), StringComparison.Ordinal);
        Assert.Equal(0, (await cli.Run("verify", cli["report"])).Code);
        File.AppendAllText(cli["report/results.json"], " ");
        Assert.Contains("so nothing is added to log.jsonl", (await cli.Run("report", cli["report"])).Error, StringComparison.Ordinal);
    }
}
