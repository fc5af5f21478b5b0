namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>Every way to a generated face asks for consent first: without a record, or with one that does not cover it, none makes
/// one.</summary>
public sealed class ConsentEverywhereTests : IAsyncLifetime
{
    private const string None = "has no consent record";

    private readonly TestCli cli = new();

    public async ValueTask InitializeAsync()
    {
        using (var weights = new GeneratorWeights(TinyPreset.Value, 1)) weights.Save(
            cli["tiny.safetensors"], new Dictionary<string, string>());
        await cli.Succeed("procedural", "--identities", "2", "--videos", "2", "--frames", "3", "--size", "32", "--out", cli["people"]);
        await cli
            .Succeed("adapt", "--weights", cli["tiny.safetensors"], "--shots-from", cli["people"] + ":p70000-v0", "--shots", "1", "--out",
            cli["head.safetensors"]);
        File.Delete(cli["people/" + ConsentFile.Name]);
        await File.WriteAllTextAsync(cli["nobody.json"], "[]");
        await File.WriteAllTextAsync(cli["other.json"], """[{"identity":"p70000","basis":"consent","scope":["exhibition"],"contact":"p@example.org"}]""");
        await File.WriteAllTextAsync(cli["photo.png"], "no picture, which nobody must find out");
    }

    public ValueTask DisposeAsync()
    {
        cli.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Adapting_from_a_store_or_photos_is_refused()
    {
        await Refused(None, "adapt", "--weights", cli["tiny.safetensors"], "--shots-from", cli["people"] + ":p70000-v0", "--shots", "1",
            "--out", cli["made"]);
        await Refused(None, "adapt", "--weights", cli["tiny.safetensors"], "--photo", cli["photo.png"], "--consent", cli["nobody.json"],
            "--identity", "p70000", "--out", cli["made"]);
        await Refused("does not cover 'self-reenactment'", "adapt", "--weights", cli["tiny.safetensors"], "--photo", cli["photo.png"],
            "--consent", cli["other.json"], "--out", cli["made"]);
    }

    [Fact]
    public async Task A_driver_that_is_not_there_is_no_question_of_consent()
    {
        var result = await cli.Run("generate", "--head", cli["head.safetensors"], "--drive", cli["nosuch.mp4"], "--consent",
            cli["nobody.json"], "--out", cli["out.mp4"]);
        Assert.Equal(2, result.Code);
        Assert.Contains("or a file that exists", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("made.mp4", "auto")]
    [InlineData("made", "png")]
    [InlineData("made", "store")]
    public async Task Generating_is_refused_whatever_drives_and_whatever_comes_out(string to, string format)
    {
        await Refused(None, "generate", "--head", cli["head.safetensors"], "--drive", cli["people"] + ":p70000-v1", "--format", format,
            "--out", cli[to]);
        await Refused(None, "generate", "--head", cli["head.safetensors"], "--drive", cli["people"] + ":p70001-v1", "--format", format,
            "--out", cli[to]);
        await Refused(None, "generate", "--head", cli["head.safetensors"], "--drive", cli["photo.png"], "--consent", cli["nobody.json"],
            "--identity", "p70000", "--format", format, "--out", cli[to]);
        await Refused("does not cover", "generate", "--head", cli["head.safetensors"], "--drive", cli["photo.png"], "--consent",
            cli["other.json"], "--format", format, "--out", cli[to]);
    }

    [Fact]
    public async Task A_program_of_others_is_not_even_looked_for() =>
        await Refused(None, "generate", "--with", cli["nosuch.generator.json"], "--shots-from", cli["people"] + ":p70000-v0", "--drive",
            cli["people"] + ":p70000-v1", "--out", cli["made"]);

    [Fact]
    public async Task A_data_set_of_fakes_is_made_of_nobody_without_a_record()
    {
        await Refused("Nobody in", "datasets", "fakes", cli["people"], "--weights", cli["tiny.safetensors"], "--shots", "1",
            "--driver-frames", "2", "--out", cli["made"]);
        await Refused("Nobody in", "datasets", "fakes", cli["people"], "--methods", "self-blend", "--out", cli["made"]);
    }

    [Fact]
    public async Task Exporting_a_head_asks_the_record_that_it_carries() =>
        await Refused("does not cover 'advertising'", "export", "--head", await Limited(), "--purpose", "advertising", "--out",
            cli["made"]);

    [Fact]
    public async Task An_experiment_makes_nobody_without_a_record()
    {
        await File.WriteAllTextAsync(cli["x.json"], """{"name":"x","store":"{store}","roles":{"train":2,"validation":2,"calibration":1,"test":2},"shots":[1],"driver_frames":2}""", TestContext.Current.CancellationToken);
        await cli.Succeed("procedural", "--identities", "6", "--videos", "2", "--frames", "3", "--size", "64", "--out", cli["larger"]);
        File.Delete(cli["larger/" + ConsentFile.Name]);
        var result = await cli.Run("experiment", "run", cli["x.json"], "--store", cli["larger"], "--out", cli["report"]);
        Assert.Equal(1, result.Code);
        Assert.Contains(None, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(cli["report"], "*", SearchOption.AllDirectories), file =>
            Path.GetExtension(file) is ".png" or ".tar");
    }

    [Fact]
    public async Task A_training_learns_but_draws_no_sample_of_anybody()
    {
        string[] command =
            ["train", "--data", cli["people"], "--init", cli["tiny.safetensors"], "--steps", "2", "--batch", "2", "--shots", "1",
            "--sample-every", "1", "--out", cli["run"]];
        var result = await cli.Succeed(command);
        Assert.Contains("no sample grids: nobody in", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(cli["run/weights.safetensors"]));
        Assert.DoesNotContain(Directory.EnumerateFiles(cli["run"], "*", SearchOption.AllDirectories), file =>
            Path.GetExtension(file) == ".png");
    }

    private async Task<string> Limited()
    {
        await cli.Succeed("procedural", "--identities", "1", "--videos", "1", "--frames", "3", "--size", "32", "--out", cli["limited"]);
        ConsentFile.Put(FrameStore.Open(cli["limited"]),
            new ConsentRecord
            {
                Identity = "p70000",
                Basis = ConsentBasis.Consent,
                Scope = [ConsentPurpose.SelfReenactment],
                Contact = "p@example.org"
            });
        await cli
            .Succeed("adapt", "--weights", cli["tiny.safetensors"], "--shots-from", cli["limited"] + ":p70000-v0", "--shots", "1", "--out",
            cli["limited.safetensors"]);
        return cli["limited.safetensors"];
    }

    private async Task Refused(string says, params string[] command)
    {
        var result = await cli.Run(command);
        Assert.Equal(1, result.Code);
        Assert.Contains(says, result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(cli["made"]) || Directory.Exists(cli["made"]) || File.Exists(cli["made.mp4"]));
    }
}
