namespace ForensicHeads.Experiments.Tests;

public sealed class TrainingReportTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_no_step_measured_has_no_curve_and_stops_none()
    {
        File.WriteAllLines(folder["stats.jsonl"], Enumerable.Range(1, 10)
            .Select(i => $$"""{"step":{{20 * i}},"content":0.5,"discriminator":{{(i > 5 ? "1.5" : "null")}},"embedding_spread":null}"""));
        Assert.True(File.Exists(TrainingReport.Draw(folder.Path)));
        var table = File.ReadAllText(Assert.Single(Directory.EnumerateFiles(folder["figures"], "*.csv")));
        Assert.Contains("content", table, StringComparison.Ordinal);
        Assert.Contains("discriminator", table, StringComparison.Ordinal);
        Assert.DoesNotContain("embedding", table, StringComparison.Ordinal);
    }
}
