namespace ForensicHeads.Generator.Tests.Driving;

/// <summary>Exact landmarks of rendered people. Two people of one number and one seed of the clip, drawn from different seeds, make the
/// same movements.</summary>
internal static class ProceduralMotion
{
    public const int Size = 16;

    /// <param name="person">Seed of the person.</param>
    /// <param name="motion">Number of the movement.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="stride">Every how many-th of the 25 a second.</param>
    public static Landmarks68[] Landmarks(long person, int motion, int frames, int stride = 4)
    {
        var video = new ProceduralVideo(ProceduralPerson.Create(1000 + person, 7), motion, 5);
        return [.. Enumerable.Range(0, frames).Select(i => video.Render(i * stride, Size).Landmarks)];
    }

    /// <summary>Mean distance of the points as a share of the outer-eye distance.</summary>
    public static double Error(Landmarks68[] found, Landmarks68[] truth, int from = 0, int to = Landmarks68.Count - 1) =>
        found.Zip(truth)
            .Average(pair =>
                Enumerable.Range(from, to - from + 1)
            .Average(i => Landmarks68.Distance(pair.First, i, pair.Second, i)) / pair.Second.OuterEyeDistance);
}
