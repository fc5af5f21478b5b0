using System.Collections.Concurrent;

namespace ForensicHeads.Faces.Tests;

/// <summary>Three rendered people with two videos each.</summary>
internal static class FaceScene
{
    private const int People = 3;
    private const int Videos = 2;
    private const int Frames = 8;
    private const long Seed = 77;

    private static readonly ConcurrentDictionary<int, Shot[][]> Rendered = [];

    /// <summary>Frames of 64 px by video; two videos a person.</summary>
    public static Shot[][] Shots => Of(64);

    /// <summary>The same at another size.</summary>
    public static Shot[][] Of(int size) => Rendered.GetOrAdd(size, _ =>
        [.. Enumerable.Range(0, People * Videos).Select(i => Render(i / Videos, i % Videos, size))]);

    /// <summary>Every other frame, starting with the given one.</summary>
    public static FaceVideos Data(int first, int size = 64) => new(
        size,
        [.. Of(size).Select(video => Half(video, first).Select(shot => shot.Image.Pixels).ToArray())],
        [.. Of(size).Select(video => Half(video, first).Select(shot => shot.Landmarks).ToArray())],
        "hash",
        [.. Enumerable.Range(0, People * Videos).Select(video => $"person {video / Videos}")]);

    private static IEnumerable<Shot> Half(Shot[] video, int first) => video.Where((_, i) => i % 2 == first);

    private static Shot[] Render(int person, int video, int size)
    {
        var clip = new ProceduralVideo(ProceduralPerson.Create(Seed, person), video, Seed);
        var frames = Enumerable.Range(0, Frames).Select(i => clip.Render(9 * i, size));
        return [.. frames.Select(frame => new Shot(frame.Image, frame.Landmarks))];
    }
}
