namespace ForensicHeads.Experiments.Tests;

/// <summary>Generators of others in a whole experiment.</summary>
public sealed class ForeignGeneratorTests : IDisposable
{
    private readonly TinyExperiment tiny = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => tiny.Dispose();

    [Fact]
    public async Task A_program_and_finished_fakes_stand_beside_the_attackers_and_what_failed_is_counted()
    {
        // The first job of all fails; which one that is depends on the number of cores.
        Write("shell", "if [ ! -e ran ]; then touch ran; echo bad luck >&2; exit 3; fi; cp $2/0*.png $3/");
        Fakes();
        var config = Read(
            "\"few-shot\", \"affine-warp\", \"shell.generator.json\", { \"store\": \"fakes\", \"generator\": \"Morph 2.0\" }");
        var page = await tiny.RunAsync("out", Cancellation, config);

        var results = ExperimentResults.Read(Path.GetDirectoryName(page)!);
        var failure = Assert.Single(results.Failures);
        Assert.Equal(("shell", 3), (failure.Name, failure.Frames));
        Assert.Equal("it ended with exit code 3; it said: bad luck", failure.Reason);
        Assert.Equal(["Morph 2.0 ff", "affine-warp", "shell ff"],
            results.Attackers.Select(row => row.Mode.ToString()).Distinct().Order(StringComparer.Ordinal));
        AccuracyRow Of(string name) =>
            results.Attackers.First(row => row.Mode.ToString() == name && row is { Shots: 1, Level: Level.Frame });
        Assert.Equal(9, Of("affine-warp").NGenerated);
        Assert.Equal(6, Of("shell ff").NGenerated);
        // Both of their videos.
        Assert.Equal(18, Of("Morph 2.0 ff").NGenerated);
        Assert.Contains(results.Warnings, line => line.StartsWith(
            "Finished fakes of Morph 2.0: 3 of 6 clips of test people were driven by the true frames", StringComparison.Ordinal));
        // A program that gives the driver back gives nothing away.
        Assert.Equal(0.5, Of("shell ff").Auc);
        // What others make stands in no row of our own heads.
        Assert.Equal(3 * 3 * 2 * 2, results.Counts.NGeneratedFrames);
        var html = await File.ReadAllTextAsync(page, Cancellation);
        Assert.Contains("Failed jobs", html, StringComparison.Ordinal);
        Assert.Contains("generator shell 1.2 (for tests)", html, StringComparison.Ordinal);
        Assert.DoesNotContain(tiny["fakes"], File.ReadAllText(tiny["out/experiment.json"]), StringComparison.Ordinal);
        var logs = Directory.GetFiles(tiny["out"], "*.log", SearchOption.AllDirectories);
        Assert.Single(logs, file => File.ReadAllText(file) == "bad luck\n");

        // Taken up, nothing is asked again and nothing changes; a changed program is asked again, and only it.
        var first = File.ReadAllText(tiny["out/results.json"]);
        File.Delete(tiny["program/ran"]);
        await tiny.RunAsync("out", Cancellation, config);
        Assert.Equal(first, File.ReadAllText(tiny["out/results.json"]));
        Assert.False(File.Exists(tiny["program/ran"]));
        File.WriteAllText(tiny["program/ran"], "");
        File.WriteAllText(tiny["program/notes"], "changed");
        await tiny.RunAsync("out", Cancellation, config);
        Assert.Empty(ExperimentResults.Read(tiny["out"]).Failures);
    }

    [Fact]
    public void Fakes_of_another_crop_and_generators_that_are_not_there_are_refused()
    {
        Fakes();
        var missing = Assert.Throws<UserErrorException>(() => FinishedFakes.Open(tiny["fakes"], "SadTalker"));
        Assert.Contains("holds no fakes of 'SadTalker'; its generators are Morph 2.0", missing.Message, StringComparison.Ordinal);
        var source = ProceduralStore.Render(tiny.Config.Procedural! with { Size = 96 }, tiny["large"], null, Cancellation);
        var other = Assert.Throws<UserErrorException>(() =>
            FinishedFakes.Open(tiny["fakes"], "Morph 2.0").CheckBeside(source, 96));
        Assert.Contains("was not made like", other.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"affine-warp\"", "generators is 'affine-warp'; allowed is few-shot, and beside it each at most once")]
    [InlineData("\"few-shot\", \"affine-warp\", \"affine-warp\"", "at most once")]
    [InlineData("\"few-shot\", \"passthrough\"", "generators is 'few-shot, passthrough'")]
    [InlineData("\"few-shot\", \"live\"", "There is no generator 'live'")]
    [InlineData("\"few-shot\", \"live.generator.json\"", "Cannot read the generator live.generator.json")]
    [InlineData("\"few-shot\", 7", "a name, the path of a .generator.json, or an object with store and generator was expected")]
    [InlineData("\"few-shot\", { \"store\": \"x\" }", "left out, but needed: 'generator'")]
    [InlineData("\"few-shot\", null", "generators")]
    public void Wrong_lists_are_refused(string list, string message)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(list));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_an_earlier_version_lists_the_others_alone()
    {
        File.WriteAllText(tiny["old.json"], File.ReadAllText(tiny["tiny.json"]).TrimEnd().TrimEnd('}')
            + "\"attackers\": [\"self-blended\"], \"attackers_in_training\": [\"self-blended\"] }");
        var config = ExperimentFile.Read(tiny["old.json"], null);
        Assert.Equal(["few-shot", "self-blend"], config.Generators.Select(one => one.Title));
        Assert.Equal(["self-blend"], config.AttackersInTraining);
    }

    private ExperimentConfig Read(string generators)
    {
        var tail = $"\"generators\": [{generators}] }}";
        File.WriteAllText(tiny["own.json"], File.ReadAllText(tiny["tiny.json"]).TrimEnd().TrimEnd('}') + tail);
        return ExperimentFile.Read(tiny["own.json"], null);
    }

    private void Write(string name, string script)
    {
        Directory.CreateDirectory(tiny["program"]);
        File.WriteAllText(tiny[$"{name}.generator.json"], CanonicalJson.ToText(new
        {
            name,
            version = "1.2",
            licence = "for tests",
            command = new[] { "sh", "-c", script, "sh", "{shots}", "{driver}", "{out}" },
            folder = "program",
            ignore = new[] { "ran" },
        }));
    }

    // Everybody's own frames, said to be made by somebody's program from one shot.
    private void Fakes()
    {
        var source = ProceduralStore.Render(tiny.Config.Procedural! with { Size = 64 }, tiny["real"], null, Cancellation);
        using var writer = StoreWriter.Create(tiny["fakes"], source.Info with { Name = "fakes" });
        foreach (var frame in source.Frames)
        {
            writer.AddPng(frame with
            {
                Origin = FrameOrigin.MadeBy("Morph 2.0") with { Mode = Mode.Ff, Shots = 1, Draw = 0 },
                DriverVideo = frame.Video,
                DriverFrame = frame.FrameNumber,
            }, source.ReadPng(frame));
        }

        writer.Complete();
    }
}
