namespace ForensicHeads.Faces.Tests;

/// <summary>Three rendered people with two videos each, 64 px.</summary>
internal static class FaceScene
{
    private const int People = 3;
    private const int Videos = 2;
    private const int Frames = 8;
    private const long Seed = 77;

    private static readonly Lazy<Shot[][]> Rendered =
        new(() => [.. Enumerable.Range(0, People * Videos).Select(i => Render(i / Videos, i % Videos))]);

    /// <summary>Frames by video; two videos a person.</summary>
    public static Shot[][] Shots => Rendered.Value;

    /// <summary>Every other frame, starting with the given one.</summary>
    public static FaceVideos Data(int first) => new(
        64,
        [.. Shots.Select(video => Half(video, first).Select(shot => shot.Image.Pixels).ToArray())],
        [.. Shots.Select(video => Half(video, first).Select(shot => shot.Landmarks).ToArray())],
        "hash",
        [.. Enumerable.Range(0, Shots.Length).Select(video => $"person {video / Videos}")]);

    private static IEnumerable<Shot> Half(Shot[] video, int first) => video.Where((_, i) => i % 2 == first);

    private static Shot[] Render(int person, int video)
    {
        var clip = new ProceduralVideo(ProceduralPerson.Create(Seed, person), video, Seed);
        return [.. Enumerable.Range(0, Frames).Select(i => clip.Render(9 * i, 64)).Select(frame => new Shot(frame.Image, frame.Landmarks))];
    }
}
