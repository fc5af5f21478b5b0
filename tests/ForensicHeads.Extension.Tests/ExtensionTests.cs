using ForensicHeads.Experiments.Tests;

namespace ForensicHeads.Extension.Tests;

/// <summary>
/// This assembly stands for one of a user's own: it sees what is public, and adds one of everything that the house has many of, each with a
/// class and a line.
/// </summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public async Task One_of_each_kind_stands_in_the_report_of_a_small_experiment()
    {
        DatasetLayouts.All.Add(new FlatLayout());
        Generators.All.Add(new MirroredFrames());
        FeatureFamilies.OfPictures.Add(new RedFamily());
        Detectors.All.Add(new FirstColumnDetector());
        FrameConditions.All.Add(new FrameByFrame(new NegativeCondition()));
        LossTerms.All.Add(new BrightnessLoss());
        ReportSections.Add(new CountSection());

        var config = tiny.Config with
        {
            Procedural = null,
            Store = Ingested(),
            Generators = ["few-shot", "mirrored"],
            Families = ["spectrum", "red"],
            Detectors = ["first-column"],
            Conditions = ["clean", "negative"],
            Ladder = [],
            Adapt = tiny.Config.Adapt with { Terms = new Dictionary<string, double> { ["brightness"] = 0.5 } },
        };
        var page = await tiny.RunAsync("out", TestContext.Current.CancellationToken, config);

        var results = CanonicalJson.Read<ExperimentResults>(Path.GetDirectoryName(page)!, "results.json");
        Assert.Contains(results.AccuracyPerShot, row => row is { Detector: "first-column", Condition: "negative" });
        Assert.Contains(results.Attackers, row => row.Mode == Method.Of("mirrored"));
        Assert.Contains(results.Importance, row => row.Family == "red");
        Assert.Contains(results.Families, row => row is { Family: "red", NColumns: 2, Auc: not null });
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        foreach (var seen in (string[])
        [
            "ingest --layout flat --size 64", "mirrored", ">red<", "first-column", "negative",
            "Fine-tuning also learns by the term brightness, with a weight of 0.5", "Rows counted",
            $"{results.AccuracyPerShot.Count} rows of accuracy",
        ]) Assert.Contains(seen, html, StringComparison.Ordinal);
    }

    // Nine people of nobody, filmed twice each.
    private string Ingested()
    {
        using var faces = new ScriptedFaces();
        var source = Directory.CreateDirectory(tiny["flat"]).FullName;
        for (var person = 0; person < 9; person++)
        {
            for (var take = 0; take < 2; take++)
            {
                var head = ScriptedFaces.Person(person);
                var (first, left) = (take * 20, 60 + (10 * take));
                faces.Film(Path.Combine(source, $"p{person}__{take}.mp4"), 8, i =>
                    faces.Draw(320, 240, (head.Render(first + i, 160), left, 40)));
            }
        }

        var options = new IngestOptions { Source = source, Out = tiny["store"], Layout = "flat", Size = 64, Licence = "shows nobody" };
        Assert.Equal(144, Ingestor.Run(options, faces.Cropper).Frames);
        return options.Out;
    }
}
