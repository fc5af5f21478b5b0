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
        Assert.Equal(["training.generator.png", "training.generator-adversary.png"],
            TrainingReport.Draw(folder.Path).Select(path => File.Exists(path) ? Path.GetFileName(path) : "missing"));
        Assert.Equal(2, Directory.GetFiles(folder["figures"], "*.csv").Length);
        Assert.Equal(["series,step,value", .. Enumerable.Range(1, 10).Select(i => $"content,{20 * i},0.5")],
            File.ReadAllLines(folder["figures/training.generator.csv"]));
        Assert.Equal(["series,step,value", .. Enumerable.Range(6, 5).Select(i => $"discriminator,{20 * i},1.5")],
            File.ReadAllLines(folder["figures/training.generator-adversary.csv"]));
    }
}
