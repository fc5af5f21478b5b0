namespace ForensicHeads.Experiments.Tests.Quality;

/// <summary>Face networks that know every picture of a scene by heart.</summary>
internal sealed class FakeFaces : IFaceIdentity, ILandmarkFinder, IFrameFeatures
{
    private readonly Dictionary<string, (int Person, Landmarks68 Points)> known = [];

    public string Name => "fake";

    public int Size => 64;

    public string Sha256 => "";

    public int Length => 8;

    /// <summary>Pictures in which no face is found.</summary>
    public HashSet<string> Missed { get; } = [];

    /// <summary>All that the judge was asked, in order.</summary>
    public List<Shot> Judged { get; } = [];

    public static string Key(RgbImage image) => Hashes.Of(image.Pixels);

    public void Learn(RgbImage image, int person, Landmarks68 points) => known[Key(image)] = (person, points);

    public float[][] Embed(IReadOnlyList<Shot> frames)
    {
        lock (Judged) Judged.AddRange(frames);
        return [.. frames.Select(frame =>
        {
            var vector = new float[Length];
            vector[known[Key(frame.Image)].Person] = 1;
            vector[Length - 1] = 0.25f;
            return vector;
        })];
    }

    // Half a pixel to the right of where they are.
    public IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops) =>
        [.. crops.Select(
            frame => Missed.Contains(Key(frame)) ? null : new FaceLandmarks(known[Key(frame)].Points.Transform(1, 0.5f, 0), 1))];

    public float[][] Of(IReadOnlyList<RgbImage> frames) => [.. frames.Select(frame =>
        Enumerable.Range(0, 4)
            .Select(part => (float)frame.Pixels.AsSpan(part * frame.Pixels.Length / 4, frame.Pixels.Length / 4).ToArray()
            .Average(value => value / 255.0)).ToArray())];

    public void Dispose()
    {
    }
}
