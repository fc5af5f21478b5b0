namespace ForensicHeads.Experiments.Tests.Protocols;

/// <summary>Clips without pictures: eleven real people with two clips each, four generators with three clips each, every one of somebody
/// else.</summary>
internal static class PlantedClips
{
    public static IReadOnlyList<Clip> All { get; } =
    [
        .. from person in Enumerable.Range(0, 11) from take in Enumerable.Range(0, 2) select Real($"r{person}", $"real-{person}-{take}"),
        .. from generator in Enumerable.Range(0, 4) from take in Enumerable.Range(0, 3)
        select Fake($"g{generator}", $"x{generator}{take}", $"fake-{generator}-{take}"),
    ];

    public static Clip Real(string person, string id, params string[] links) =>
        new() { Id = id, Identity = person, Origin = FrameOrigin.Real, Links = Links(person, links) };

    public static Clip Fake(string generator, string person, string id, params string[] links) =>
        new() { Id = id, Identity = person, Origin = FrameOrigin.MadeBy(generator), Links = Links(person, links) };

    /// <summary>Noise in every column, and <paramref name="shift"/> in the first for generated clips; each generator has an offset of its
    /// own in the second.</summary>
    public static ClipTable Table(IReadOnlyList<Clip> clips, double shift, string stream)
    {
        var random = new SeededRandom(4, stream);
        return new ClipTable(["a/0", "a/1", "a/2"], clips.ToDictionary(clip => clip.Id, clip => new[]
        {
            (float)random.Gaussian(clip.Generated ? shift : 0),
                (float)(random.Gaussian() + (clip.Generator is { } name ? 3 * (name[^1] - '1') : 0)), (float)random.Gaussian(),
        }));
    }

    private static HashSet<string> Links(string person, string[] more) => [.. more, "person " + person];
}
