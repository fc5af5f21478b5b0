using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;
using ForensicHeads.Media;

namespace ForensicHeads.Generator.Tests.Training;

public sealed class SampleGridTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("forensicheads-grid-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_held_out_video_of_one_frame_is_left_out()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var path = Path.Combine(folder, "grid.png");
        new SampleGrid(Videos(1, 3, 1, 2), shots: 2).Draw(weights, path);
        var grid = ImageCodec.Decode(File.ReadAllBytes(path));
        Assert.Equal(2 * TinyScene.Size, grid.Height);

        // The first column shows the first shot of each: persons 1 and 3, by their background.
        foreach (var (row, person) in new[] { (0, 1), (1, 3) }) Assert.Equal(TinyScene.Picture(person, 0)[0, 0].ToArray(), grid[0, row * TinyScene.Size].ToArray());
    }

    [Fact]
    public void Nothing_but_single_frames_is_refused_before_the_training() =>
        Assert.Contains("Hold out longer videos", Assert.Throws<UserErrorException>(() => new SampleGrid(Videos(1, 1), shots: 2)).Message, StringComparison.Ordinal);

    private static EpisodeData Videos(params int[] frames) => new(
        TinyScene.Size,
        [.. frames.Select((count, person) => Enumerable.Range(0, count).Select(frame => TinyScene.Picture(person, frame).Pixels).ToArray())],
        [.. frames.Select(count => Enumerable.Range(0, count).Select(TinyScene.Face).ToArray())],
        "held-out");
}
