using System.Text.Json;

namespace ForensicHeads.Cli.Tests.Commands;

/// <summary><c>report compare</c> and <c>report table</c> on the committed reports.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private static readonly string Demo = Repository.At("reports/00001-demo");
    private readonly TestCli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Two_reports_are_set_side_by_side_and_an_experiment_differs_from_itself_by_nothing()
    {
        var copy = Path.Combine(cli["again"], "00001-demo");
        Directory.CreateDirectory(copy);
        foreach (var file in new[] { "results.json", "report.json", "scores.parquet" }) File.Copy(
            Path.Combine(Demo, file), Path.Combine(copy, file));
        var result = await cli.Run("report", "compare", Demo, copy, "--out", cli["compare"], "--json");
        Assert.True(result.Code == 0, result.Error);
        using var answer = JsonDocument.Parse(result.Output);
        Assert.Equal(["reports/00001-demo", "again/00001-demo"],
            answer.RootElement.GetProperty("runs").EnumerateArray().Select(name => name.GetString()));
        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(cli["compare"], "compare.json"), TestContext.Current.CancellationToken));
        var differences = json.RootElement.GetProperty("differences").EnumerateArray().ToArray();
        Assert.Equal(answer.RootElement.GetProperty("paired_differences").GetInt32(), differences.Length);
        Assert.NotEmpty(differences);
        Assert.All(differences,
            row => Assert.Equal((0.0, 20, 1.0),
            (row.GetProperty("difference").GetDouble(), row.GetProperty("n_identities").GetInt32(), row.GetProperty("p").GetDouble())));
        Assert.True(File.Exists(Path.Combine(cli["compare"], "compare.html")));
    }

    [Fact]
    public async Task Fewer_than_two_reports_or_one_twice_is_wrong_usage()
    {
        Assert.Equal(2, (await cli.Run("report", "compare", Demo, "--out", cli["compare"])).Code);
        Assert.Contains("named twice", (await cli.Run("report", "compare", Demo, Demo, "--out", cli["compare"])).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_come_as_LaTeX_or_Markdown_with_the_numbers_of_the_report()
    {
        var latex = await cli.Run("report", "table", Demo);
        Assert.Contains("\\begin{tabular}", latex.Output, StringComparison.Ordinal);
        var markdown = await cli.Run("report", "table", Demo, "--format", "markdown", "--out", cli["tables"]);
        Assert.Equal(0, markdown.Code);
        Assert.Contains("| detector | mode | T | n | AUC |",
            await File.ReadAllTextAsync(Path.Combine(cli["tables"], "detection.md"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        var wrong = await cli.Run("report", "table", Demo, "--condition", "moonlight");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("no condition moonlight; it has ", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_asks_for_a_folder_or_a_command_and_never_for_both()
    {
        static string Usage(string help) =>
            string.Join('|', help.ReplaceLineEndings("\n").Split("Usage:\n")[1].Split("\n\n")[0].Split('\n').Select(line => line.Trim()));
        var own = Usage((await cli.Run("report", "--help")).Output).Split('|');
        Assert.Equal(2, own.Length);
        Assert.EndsWith("report <DIR> [options]", own[0], StringComparison.Ordinal);
        Assert.EndsWith("report <command> [options]", own[1], StringComparison.Ordinal);
        Assert.EndsWith("report compare <DIR>... [options]", Usage((await cli.Run("report", "compare", "--help")).Output),
            StringComparison.Ordinal);
        Assert.EndsWith("report table <DIR> [options]", Usage((await cli.Run("report", "table", "--help")).Output),
            StringComparison.Ordinal);
    }
}
