namespace ForensicHeads.Experiments.Tests.Detection;

public sealed class PersonRunTests : IDisposable
{
    private readonly TinyExperiment tiny = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => tiny.Dispose();

    private ExperimentConfig Config => tiny.Config with
    {
        Procedural = tiny.Config.Procedural! with { Identities = 10, Videos = 3 },
        Roles = new RoleCounts { Train = 3, Validation = 2, Calibration = 2, Test = 3 },
        References = [1, 2, 4],
        Ladder = [],
    };

    [Fact]
    public async Task Who_knows_the_person_is_scored_by_references_of_a_third_video_for_every_R_and_T()
    {
        await tiny.RunAsync("report", Cancellation, Config);
        var results = CanonicalJson.Read<ExperimentResults>(tiny["report"], "results.json");
        AccuracyRow[] Curve(string detector) => [.. results.AccuracyPerShot.Where(row => row.Detector == detector)];
        // What sets threshold and calibrator moves accuracy, never the area.
        Assert.NotEmpty(Curve(Detectors.Person));
        Assert.Equal(Curve(Detectors.Person).Select(row => row.Auc), Curve(Detectors.PersonUnaware).Select(row => row.Auc));
        Assert.NotEqual(results.Validation.Single(row => row.Detector == Detectors.Person).FrameThreshold,
            results.Validation.Single(row => row.Detector == Detectors.PersonUnaware).FrameThreshold);
        // It holds no pictures, learns from clips of other people, and has a word on each clip, not on each frame.
        var moments = Curve(Detectors.IdentityMoments);
        Assert.Equal(Curve(Detectors.Person).Length, moments.Length);
        Assert.All(moments, row => Assert.NotNull(row.Auc));
        Assert.Contains(results.MachineUser, row => row.Detector == Detectors.IdentityMoments);
        Assert.Contains(results.MachineUser, row => row.Detector == Detectors.Person);
        Assert.Equal([Detectors.Artefact, Detectors.Person],
            results.Contrasts.Where(row => row.Primary).Select(row => row.Detector).Order(StringComparer.Ordinal));
        Assert.Contains("the detector 'person'", results.Headline.Statement, StringComparison.Ordinal);
        Assert.Equal([1, 2, 4], results.Surface.Select(row => row.References).Distinct());
        var curve = Curve(Detectors.Person).Where(row => row.Level == results.Headline.Level);
        Assert.Equal(curve.Select(row => (row.Mode, row.Shots, row.Auc)),
            results.Surface.Where(row => row.References == 4).Select(row => (row.Mode, row.Shots, row.Auc)));
        Assert.DoesNotContain(results.Warnings, warning => warning.StartsWith("person", StringComparison.Ordinal));
        foreach (var figure in new[] { "surface.ft-clean.png", "surface-per-shot.ft-clean.png" })
            Assert.True(File.Exists(tiny[$"report/figures/{figure}"]), figure);
    }

    [Fact]
    public void References_come_from_a_video_that_gives_neither_shots_nor_drivers_and_are_nested()
    {
        var store = Render(videos: 3);
        foreach (var plan in new ShotPlans(Config.ShotOptions, store, TimeProvider.System).Make(64, null, Cancellation).Values)
        {
            var kept = plan.References(4, seed: 1);
            Assert.Equal([plan.Plan.ReferenceVideo!], kept.Select(frame => frame.Video).Distinct());
            Assert.DoesNotContain(plan.Plan.ReferenceVideo, plan.Plan.Draws.SelectMany(draw => draw.Shots).Select(shot => shot.Video)
                .Append(plan.Plan.DriverVideo));
            Assert.Equal(4, kept.Distinct().Count());
        }

        // With two videos nothing is kept, and what lies within a second of a shot or driver is no reference.
        foreach (var plan in new ShotPlans(Config.ShotOptions, Render(videos: 2), TimeProvider.System).Make(64, null, Cancellation).Values)
        {
            Assert.Null(plan.Plan.ReferenceVideo);
            Assert.Empty(plan.References(4, seed: 1));
        }
    }

    [Fact]
    public async Task Without_references_the_report_says_so_and_has_no_such_detector()
    {
        var config = Config with { Procedural = Config.Procedural! with { Videos = 2 } };
        await tiny.RunAsync("two", Cancellation, config);
        var results = CanonicalJson.Read<ExperimentResults>(tiny["two"], "results.json");
        Assert.Contains(results.Warnings, warning => warning.StartsWith("person was not run", StringComparison.Ordinal));
        Assert.DoesNotContain(results.AccuracyPerShot, row => row.Detector == Detectors.Person);
        Assert.Empty(results.Surface);
    }

    private FrameStore Render(int videos) => ProceduralStore.Render(
        Config.Procedural! with { Identities = 2, Videos = videos, Size = 64 }, tiny[$"people-{videos}"], null, Cancellation);
}
