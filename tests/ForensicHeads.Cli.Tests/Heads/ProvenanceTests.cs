using System.Text.Json;
using ForensicHeads.Cli.Tests.Commands;

namespace ForensicHeads.Cli.Tests.Heads;

/// <summary><c>generate</c> with marks and <c>provenance verify</c>, as commands.</summary>
public sealed class ProvenanceTests(PipelineFixture made) : IClassFixture<PipelineFixture>
{
    private TestCli Cli => made.Cli;

    [Fact]
    public async Task Exports_are_verified_file_by_file_and_a_bad_one_does_not_end_the_batch()
    {
        await Head();
        await File.WriteAllTextAsync(Cli["key"], "a key that nobody else knows", TestContext.Current.CancellationToken);
        await Cli.Succeed("generate", "--head", Cli["head.safetensors"], "--drive", $"{Cli["people"]}:p70000-v1", "--out", Cli["clip.mp4"],
            "--watermark-key", Cli["key"]);
        await File.WriteAllTextAsync(Cli["bad.mp4"], "no video", TestContext.Current.CancellationToken);
        var result = await Cli.Run("provenance", "verify", Cli["clip.mp4"], Cli["bad.mp4"], "--watermark-key", Cli["key"], "--json");
        Assert.Equal(3, result.Code);
        var files = result.Json.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["ok", "rejected"], files.Select(file => file.GetProperty("status").GetString()));
        Assert.Equal("unchanged", files[0].GetProperty("verdict").GetString());
        Assert.True(files[0].GetProperty("xmp_says_generated").GetBoolean());
        Assert.Equal([true, false],
            files[0].GetProperty("watermarks").EnumerateArray().Select(mark => mark.GetProperty("found").GetBoolean()));
        Assert.Equal(1, (await Cli.Run("provenance", "verify", Cli["bad.mp4"])).Code);
        Assert.Contains("unchanged since", (await Cli.Succeed("provenance", "verify", Cli["clip.mp4"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_turned_off_is_said_aloud_and_in_the_sidecar()
    {
        await Head();
        var result = await Cli
            .Succeed("generate", "--head", Cli["head.safetensors"], "--drive", $"{Cli["people"]}:p70000-v1", "--out", Cli["bare.mp4"],
            "--no-label", "--no-xmp");
        Assert.Contains("carries no visible label, no XMP source type; its sidecar says so", result.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Cli["bare.mp4.json"], TestContext.Current.CancellationToken));
        var marks = document.RootElement.GetProperty("marks");
        Assert.False(marks.GetProperty("visible_label").GetBoolean());
        Assert.True(marks.GetProperty("invisible_watermark").GetBoolean());
        Assert.False(marks.GetProperty("source_type_metadata").GetBoolean());
    }

    [Theory]
    [InlineData("--no-label", "--format", "store")]
    [InlineData("--no-watermark", "--watermark-key", "key")]
    public async Task Options_that_do_not_go_together_are_wrong_usage(params string[] more)
    {
        var result = await Cli.Run(["generate", "--head", "none", "--drive", "none:none", "--out", Cli["x.mp4"], .. more]);
        Assert.Equal(2, result.Code);
        Assert.Contains(more[0], result.ErrorLines[^1], StringComparison.Ordinal);
    }

    private async Task Head()
    {
        if (!File.Exists(Cli["head.safetensors"])) await Cli
            .Succeed("adapt", "--weights", Cli["run"], "--shots-from", $"{Cli["people"]}:p70000-v0", "--shots", "2", "--mode", "ff",
            "--out", Cli["head.safetensors"]);
    }
}
