using System.Text.Json.Nodes;

namespace ForensicHeads.Generator.Tests;

public sealed class HeadFileTests : IDisposable
{
    private readonly OutputScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public void A_head_read_from_its_file_renders_what_it_rendered_before()
    {
        using var head = scene.MakeHead();
        var drivers = scene.Driver.Frames.Select(frame => frame.Landmarks).ToArray();
        var before = head.Render(drivers);
        HeadFile.Save(scene["head.safetensors"], head, scene.Info);
        using var read = HeadFile.Load(scene["head.safetensors"]);
        var after = read.Head.Render(drivers);

        // Folding divides by sigma once when saved and by a sigma of about one when read: at most one grey level.
        foreach (var (a, b) in before.Zip(after)) Assert.All(
            a.Pixels.Zip(b.Pixels), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        Assert.Equal(Hashes.OfFile(scene["head.safetensors"]), read.Sha256);
        Assert.Equal(CanonicalJson.ToText(scene.Info), CanonicalJson.ToText(read.Info));
    }

    [Fact]
    public void A_head_from_before_sources_were_named_still_loads()
    {
        using var head = scene.MakeHead();
        HeadFile.Save(scene["head.safetensors"], head, scene.Info with { ShotSources = [new ShotFile("a.jpg", Hashes.OfText("a"))] });
        var content = SafetensorsFile.Read(scene["head.safetensors"]);
        using (var read = HeadFile.Load(scene["head.safetensors"])) Assert.Equal(
            [new ShotFile("a.jpg", Hashes.OfText("a"))], read.Info.ShotSources);
        var json = JsonNode.Parse(content.Metadata["head"])!.AsObject();
        Assert.True(json.Remove("shot_sources"));
        SafetensorsFile.Write(scene["old.safetensors"], [.. content.Tensors.Values],
            new Dictionary<string, string>(content.Metadata) { ["head"] = json.ToJsonString() });
        using var old = HeadFile.Load(scene["old.safetensors"]);
        Assert.Empty(old.Info.ShotSources);
    }

    [Fact]
    public void The_same_head_gives_the_same_bytes()
    {
        using var head = scene.MakeHead();
        HeadFile.Save(scene["a.safetensors"], head, scene.Info);
        HeadFile.Save(scene["b.safetensors"], head, scene.Info);
        Assert.Equal(Hashes.OfFile(scene["a.safetensors"]), Hashes.OfFile(scene["b.safetensors"]));
    }

    [Theory]
    [InlineData("preset")]
    [InlineData("adaptation")]
    [InlineData("identity")]
    [InlineData("consent")]
    [InlineData("shot_keys")]
    [InlineData("shot_sources")]
    [InlineData("shot_hashes")]
    public void A_null_where_something_must_stand_is_refused_in_one_line(string member)
    {
        var json = JsonNode.Parse(CanonicalJson.ToLine(scene.Info))!.AsObject();
        json[member] = null;
        SafetensorsFile.Write(scene["null.safetensors"], [new NamedTensor("x", [1], [1f])],
            new Dictionary<string, string> { ["kind"] = "forensicheads-head", ["head"] = json.ToJsonString() });
        Refuses(scene["null.safetensors"], member);
    }

    [Fact]
    public void A_missing_foreign_or_cut_file_is_refused_in_one_line()
    {
        Refuses(scene["none.safetensors"], "no head");
        SafetensorsFile.Write(
            scene["other.safetensors"], [new NamedTensor("x", [1], [1f])], new Dictionary<string, string> { ["kind"] = "other" });
        Refuses(scene["other.safetensors"], "holds no head");
        SafetensorsFile.Write(scene["odd.safetensors"], [new NamedTensor("x", [1], [1f])],
            new Dictionary<string, string> { ["kind"] = "forensicheads-head", ["head"] = "{}" });
        Refuses(scene["odd.safetensors"], "cannot read");
        using (var head = scene.MakeHead()) HeadFile.Save(scene["cut.safetensors"], head, scene.Info);
        var bytes = File.ReadAllBytes(scene["cut.safetensors"]);
        File.WriteAllBytes(scene["cut.safetensors"], bytes[..(bytes.Length / 2)]);
        Refuses(scene["cut.safetensors"], "not a usable safetensors file");
    }

    [Fact]
    public void The_nearest_shot_is_the_one_with_the_fewest_other_bits() =>
        Assert.Equal(1, (scene.Info with { ShotHashes = [HeadInfo.HashText(0), HeadInfo.HashText(0b110)] }).NearestShotDistance(0b111));

    private static void Refuses(string path, string says)
    {
        var error = Assert.Throws<UserErrorException>(() => HeadFile.Load(path));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
