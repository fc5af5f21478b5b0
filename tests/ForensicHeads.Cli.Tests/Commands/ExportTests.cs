using System.Globalization;

namespace ForensicHeads.Cli.Tests.Commands;

/// <summary>Export to ONNX and the two runtimes of <c>generate</c>, on a head of the shipped weights.</summary>
public sealed class ExportTests(ExportFixture made) : IClassFixture<ExportFixture>
{
    private readonly TestCli cli = made.Cli;

    [Fact]
    public async Task A_head_is_exported_with_its_origin_and_consent()
    {
        var json = (await cli.Succeed("export", "--head", cli["head.safetensors"], "--out", cli["head.onnx"], "--json")).Json;
        Assert.Equal(Hashes.OfFile(cli["head.onnx"]), json.GetProperty("sha256").GetString());
        using var head = new OnnxHead(await File.ReadAllBytesAsync(cli["head.onnx"], TestContext.Current.CancellationToken));
        Assert.Equal(64, head.Size);
        Assert.Equal(Hashes.OfFile(cli["head.safetensors"]), head.Metadata["head_sha256"]);
        Assert.Equal(("heads-64", "ff", "2", "p70000"),
            (head.Metadata["preset"], head.Metadata["mode"], head.Metadata["shots"], head.Metadata["identity"]));
        Assert.Contains("synthetic", head.Metadata["consent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_embedder_of_shipped_weights_is_exported_with_their_licence()
    {
        await cli.Succeed("export", "--weights", "heads-64", "--part", "embedder", "--out", cli["embedder.onnx"]);
        using var embedder = new OnnxSession(
            await File.ReadAllBytesAsync(cli["embedder.onnx"], TestContext.Current.CancellationToken), "embedder.onnx", "");
        Assert.Equal((64, 192), (embedder.Inputs[0].Sides![^1], embedder.Outputs[0].Sides![^1]));
        Assert.Contains("Apache-2.0", embedder.Metadata["licence"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001-01-01", "any", "ended on 2001-01-01")]
    [InlineData("2999-01-01", "satire", "does not cover 'self-reenactment'")]
    public async Task A_head_whose_consent_record_does_not_hold_is_not_exported(string expires, string scope, string says)
    {
        using (var head = HeadFile.Load(cli["head.safetensors"]))
        {
            var record = head.Info.Consent with { Expires = DateOnly.Parse(expires, CultureInfo.InvariantCulture), Scope = [scope] };
            HeadFile.Save(cli["bound.safetensors"], head.Head, head.Info with { Consent = record });
        }

        var refused = await cli.Run("export", "--head", cli["bound.safetensors"], "--out", cli["no.onnx"]);
        Assert.Equal(1, refused.Code);
        Assert.Contains(says, Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(cli["no.onnx"]));
    }

    [Theory]
    [InlineData]
    [InlineData("--head", "a", "--weights", "b")]
    public async Task One_of_head_and_weights_is_wanted(params string[] given)
    {
        var result = await cli.Run(["export", .. given, "--out", cli["no.onnx"]]);
        Assert.Equal(2, result.Code);
        Assert.Contains("one of them", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_runtimes_generate_the_same_pictures_up_to_a_grey_level()
    {
        string[] command = ["generate", "--head", cli["head.safetensors"], "--drive", $"{cli["people"]}:p70000-v1", "--out"];
        await cli.Succeed([.. command, cli["onnx"], "--batch", "2"]);
        await cli.Succeed([.. command, cli["torch"], "--runtime", "torch"]);
        var (onnx, torch) = (FrameStore.Open(cli["onnx"]), FrameStore.Open(cli["torch"]));
        Assert.Equal(3, onnx.Frames.Count);
        foreach (var (a, b) in onnx.Frames.Zip(torch.Frames))
        {
            Assert.Equal(a.Key, b.Key);
            Assert.All(onnx.ReadImage(a).Pixels.Zip(torch.ReadImage(b).Pixels), pair =>
                Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        }
    }

    [Fact]
    public async Task A_batch_out_of_range_is_wrong_usage()
    {
        var result = await cli
            .Run("generate", "--head", cli["head.safetensors"], "--drive", $"{cli["people"]}:p70000-v1", "--batch", "0", "--out",
            cli["no"]);
        Assert.Equal(2, result.Code);
        Assert.Contains("1 to 256", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
