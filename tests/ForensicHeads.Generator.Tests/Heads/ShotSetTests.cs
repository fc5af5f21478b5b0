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
}
