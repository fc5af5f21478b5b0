namespace ForensicHeads.Generator.Tests.Heads;

public sealed class ShotSetTests : IDisposable
{
    private readonly OutputScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public void Shots_are_reduced_and_hashed_as_they_were_stored()
    {
        var sources = new Dictionary<string, string> { ["abc"] = "clip.mp4" };
        var frames = scene.Driver.Frames.Select(frame => frame.Key);
        var set = ShotSet.Of(scene.Driver with { SourceNames = sources }, 3, OutputScene.Size, 0, 1);
        Assert.Equal(frames.Order(), set.Keys.Order());
        Assert.Empty(set.Sources);
        Assert.Equal([new ShotFile("clip.mp4", "abc")],
            (set with { Frames = [.. set.Frames.Select(frame => frame with { SourceSha256 = "abc" })] }).Sources);
        for (var i = 0; i < 3; i++)
        {
            var stored = scene.Driver.Store.ReadImage(set.Frames[i]);
            Assert.Equal(PerceptualHash.Of(stored), set.Hashes[i]);
            Assert.Equal(ImageResize.Area(stored, OutputScene.Size, OutputScene.Size).Pixels, set.Shots[i].Image.Pixels);
            Assert.Equal(set.Frames[i].Landmarks.Resize(2 * OutputScene.Size, OutputScene.Size).Values, set.Shots[i].Landmarks.Values);
        }
    }

    [Fact]
    public void Frames_are_never_enlarged() =>
        Assert.Contains("frames are never enlarged",
            Assert.Throws<UserErrorException>(() => ShotSet.Of(scene.Driver, 1, 4 * OutputScene.Size, 0, 1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_head_made_of_them_says_in_its_file_what_it_was_made_of()
    {
        var set = ShotSet.Of(scene.Driver, 2, OutputScene.Size, 3, 1);
        using var weights = new GeneratorWeights(scene.Info.Preset, 1);
        using var head = (NetworkHead)new FewShotGenerator(weights, scene.Info.Adaptation).Adapt(set.Shots, null, CancellationToken.None);
        var info = HeadInfo.Of(weights, scene.Info.Adaptation, set, scene.Info.Consent, head.Kept, "1.2.3");
        HeadFile.Save(scene["head.safetensors"], head, info);
        using var read = HeadFile.Load(scene["head.safetensors"]);
        Assert.Equal(CanonicalJson.ToText(info), CanonicalJson.ToText(read.Info));
        Assert.Equal(("Zoë", "zoë's clip", 3, "CC0-1.0", "whole", "1.2.3"),
            (info.Identity, info.ShotVideo, info.Draw, info.Licence, info.CropSpecification, info.ToolVersion));
        Assert.Equal((weights.Sha256, scene.Driver.Store.ContentHash), (info.WeightsSha256, info.StoreSha256));
        Assert.Equal(set.Keys, info.ShotKeys);
        Assert.Equal(set.Shots.Select(shot => shot.Landmarks.Values), info.ShotLandmarks);
        Assert.Equal(0, info.NearestShotDistance(set.Hashes[1]));
    }
}
