namespace ForensicHeads.Experiments.Tests.Testing;

public sealed class DetectorTestTests : IDisposable
{
    private readonly TinyExperiment tiny = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => tiny.Dispose();

    /// <summary>The detectors that an experiment leaves, tested on the stores that it left: every number is the experiment's.</summary>
    [Fact]
    public async Task A_test_gives_the_numbers_of_the_experiment_to_the_last_digit()
    {
        await tiny.RunAsync("report", Cancellation);
        var results = CanonicalJson.Read<ExperimentResults>(tiny["report"], "results.json");
        var stores = Directory.GetFiles(tiny["report/work"], "store.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => FrameStore.Open(Path.GetDirectoryName(file)!))
            .Where(store => !store.Path.Contains("spare", StringComparison.Ordinal)).ToArray();
        var real = stores.Where(store => store.Path.Contains("common", StringComparison.Ordinal)).ToArray();
        var request = new DetectorTestRequest
        {
            Detectors = [tiny["report/detectors/all/artefact-clean"]],
            Real = real,
            Generated = [.. real, .. stores.Where(store => store.Path.EndsWith("updates", StringComparison.Ordinal))],
            Seed = tiny.Config.Seed,
        };
        var test = DetectorTest.Run(request, cancellation: Cancellation);
        Assert.Equal(3, test.Results.Counts.NIdentities);
        var curve = results.AccuracyPerShot.Where(row => row.Detector == Detectors.Artefact).ToArray();
        Assert.Equal(8, curve.Length);
        Assert.Equal([.. curve.Select(Text)], test.Results.AccuracyPerShot.Select(Text));
        Assert.Equal([.. results.Anchors.Where(row => row.Detector == Detectors.Artefact && row.Arm is null)
                .Select(row => $"{row.Name} {row.Level} {row.Auc:R} {row.Accuracy:R}")],
            test.Results.Anchors.Where(row => results.Anchors.Any(known => known.Name == row.Name && known.Arm is null))
                .Select(row => $"{row.Name} {row.Level} {row.Auc:R} {row.Accuracy:R}"));
        await Report(test, request);
    }

    /// <summary>Who taught a generator is left out of a test of its fakes, and refused where a split names them.</summary>
    [Fact]
    public void Whom_the_maker_of_the_fakes_knows_is_not_tested()
    {
        var people = ProceduralStore.Render(
            new ProceduralOptions { Identities = 8, Videos = 2, Frames = 3, Size = 32 }, tiny["people"], null, Cancellation);
        string[] seen = [people.Identities.First()];
        using (var writer = StoreWriter.Create(tiny["fakes"], people.Info with
        {
            Name = "fakes",
            Arguments = ["fakes"],
            Properties = LearntPeople.Noting(seen, new Dictionary<string, string>()),
        }))
        {
            foreach (var frame in people.Frames) writer.Add(frame with { Origin = FrameOrigin.MadeBy("copy") }, people.ReadImage(frame));
            writer.Complete();
        }

        var fakes = FrameStore.Open(tiny["fakes"]);
        var split = SplitMaker.Make([people], new SplitOptions
        {
            Name = "s",
            Seed = 1,
            Generator = 0,
            Train = 0.4,
            Validation = 0.2,
            Calibration = 0,
            Test = 0.4,
        });
        var roles = new SortedDictionary<string, SplitRole>(split.Identities.ToDictionary()) { [seen[0]] = SplitRole.Test };
        split = split with { Identities = roles };
        DetectorTraining.Run(new TrainingRequest { Real = [people], Generated = [fakes], Split = split, SplitName = "s" }, tiny["detector"],
            cancellation: Cancellation);
        var request = new DetectorTestRequest { Detectors = [tiny["detector"]], Real = [people], Generated = [fakes] };
        var test = DetectorTest.Run(request, cancellation: Cancellation);
        Assert.DoesNotContain(seen[0], test.Items.Select(item => item.Identity));
        Assert.Equal(split.PeopleOf(SplitRole.Test).Count - 1, test.Results.Counts.NIdentities);
        var refused = Assert.Throws<UserErrorException>(() => DetectorTest.Run(request with { Split = split }, cancellation: Cancellation));
        Assert.StartsWith($"What made the fakes in fakes learnt from 1 of the split's test people ({seen[0]})", refused.Message,
            StringComparison.Ordinal);
    }

    private async Task Report(DetectorTestResult test, DetectorTestRequest request)
    {
        var page = await File.ReadAllTextAsync(test.Write(tiny["test"], "forensicheads detect test"), Cancellation);
        Assert.Contains("How the detectors did", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0 of 0 hold", page, StringComparison.Ordinal);
        foreach (var file in new[] { "results.json", "results.md", "results.tex", "scores.parquet", "figures/auc-per-shot.clean.png" })
            Assert.True(File.Exists(Path.Combine(tiny["test"], file)), file);
        Assert.Equal(page, await File.ReadAllTextAsync(ReportWriter.Rebuild(tiny["test"]), Cancellation));
        // Two detectors: the first is compared with the other on all fakes and on each point of the curve.
        var both = DetectorTest.Run(request with
        {
            Detectors = [tiny["report/detectors/all/artefact-clean"], tiny["report/detectors/all/artefact-unaware-clean"]],
            By = [],
        }, cancellation: Cancellation);
        Assert.Equal(["artefact-clean", "artefact-unaware-clean"], both.Results.Tests.Select(row => row.Detector).Distinct());
        Assert.Equal(4, both.Results.Tests.Count);
        Assert.Equal(("artefact-clean", "artefact-unaware-clean"), (both.Results.Comparisons[0].First, both.Results.Comparisons[0].Second));
        Assert.Equal(Assert.Single(test.Results.Tests, row => row is { Level: Level.Video, Generator: null, Mode: null, Shots: null }).Auc,
            both.Results.Tests.First(row => row is { Level: Level.Video, Detector: "artefact-clean" }).Auc);
    }

    private static string Text(AccuracyRow row) => CanonicalJson.ToLine(row with { Arm = null, Detector = "" });
}
