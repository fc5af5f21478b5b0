namespace ForensicHeads.Datasets.Audit;

/// <summary>Whom a model learnt from, as hashes, and as numbers of rendered people: enough to tell that somebody is among them, and too
/// little to name anybody.</summary>
/// <param name="People">First 16 hexadecimal digits of the SHA-256 of each name, in ordinal order.</param>
/// <param name="Sources">First 16 hexadecimal digits of each source file's SHA-256, in ordinal order.</param>
public sealed record LearntPeople(IReadOnlyList<string> People, IReadOnlyList<string> Sources)
{
    /// <summary>Key of <see cref="ToLine"/> in the metadata of weights.</summary>
    public const string MetadataKey = "learnt";

    /// <summary>Key of <see cref="Noting"/> in the properties of a store of fakes.</summary>
    private const string PropertyKey = "people_of_weights";

    private const int Digits = 16;

    // Weights of the first versions name their data and no people: what was rendered for them, by reports/00000, 00003 and 00007.
    private static readonly Dictionary<string, RenderedPeople> EarlyData = new()
    {
        ["9eafdfb9ea5be93b2ad3683d77983467d85cdb5a990e57e9375837c0d3f7d516"] = new(1, 0, 400),
        ["0cc99e6229b8abc47d3af7335e9b64cdd7e93b7e9e53852390e122cb3b4ad1b9"] = new(1, 0, 1000),
        ["7955ba8b9c43b8edbda2c63266b1ba16a8413afbb0a13302990796a979ea3919"] = new(1, 0, 2000),
        ["dfd427fd9df50b808564f9de01268e5b1b6ce454769b82f03f94806ce2c3f2ac"] = new(1, 0, 3000),
        ["2f95e7c0c3ad0d02a2b16371b30bced877f28a4a948a7bde0dac3247d4000bcb"] = new(2, 50000, 1500),
    };

    /// <summary>People whom this tool rendered; they are in neither list.</summary>
    public IReadOnlyList<RenderedPeople> Rendered { get; init; } = [];

    /// <summary>Everybody in some frames, true and made.</summary>
    public static LearntPeople Of(IEnumerable<FrameRecord> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var (rendered, others) = RenderedPeople.Find(frames);
        return new LearntPeople(Sorted(others.Where(frame => !RenderedPeople.Has(frame)).Select(frame => Short(frame.Identity))),
            Sorted(others.Where(frame => frame.SourceSha256.Length > 0).Select(Source)))
        { Rendered = rendered };
    }

    /// <summary>Whom weights learnt from, by their metadata; null where these do not say.</summary>
    /// <exception cref="UserErrorException">They say it in a form that cannot be read.</exception>
    public static LearntPeople? In(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.TryGetValue(MetadataKey, out var line))
            return CanonicalJson.OfText<LearntPeople>(line, $"'{MetadataKey}' in the weights' metadata (whom they learnt from)");
        return metadata.TryGetValue("data", out var data) && EarlyData.TryGetValue(data, out var people)
            ? new LearntPeople([], []) { Rendered = [people] } : null;
    }

    /// <summary>For the metadata of weights.</summary>
    public string ToLine() => CanonicalJson.ToLine(this);

    /// <summary>These and those.</summary>
    public LearntPeople And(LearntPeople? others) => others is null ? this
        : new LearntPeople(Sorted(People.Concat(others.People)), Sorted(Sources.Concat(others.Sources)))
        {
            Rendered = RenderedPeople.Joined([.. Rendered, .. others.Rendered]),
        };

    /// <summary>The people of some frames who were learnt from: by name, by number, or by a source file of theirs.</summary>
    public IReadOnlyList<string> Among(IEnumerable<FrameRecord> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var (people, sources) = (People.ToHashSet(StringComparer.Ordinal), Sources.ToHashSet(StringComparer.Ordinal));
        // A rendered person's name is a number, which those of every other seed have, too.
        return Sorted(frames.DistinctBy(frame => (frame.Identity, frame.Video, frame.SourceSha256))
            .Where(frame => RenderedPeople.Has(frame)
                ? Rendered.Any(range => range.Holds(frame)) || sources.Contains(Source(frame))
                : people.Contains(Short(frame.Identity)) || (frame.SourceSha256.Length > 0 && sources.Contains(Source(frame))))
            .Select(frame => frame.Identity));
    }

    /// <summary>The same of several models, those that do not say whom they learnt from left out.</summary>
    public static IReadOnlyList<string> Among(IEnumerable<LearntPeople?> models, IEnumerable<FrameRecord> frames) =>
        Sorted(models.OfType<LearntPeople>().SelectMany(learnt => learnt.Among(frames)));

    /// <summary>The one rule wherever fakes are made, learnt from or measured: whoever taught the weights is named, for no fake of them
    /// tells how one of a stranger looks.</summary>
    /// <param name="people">Those among the people at hand who did.</param>
    /// <param name="weights">The weights' name.</param>
    /// <returns>A warning; null where nobody did.</returns>
    public static string? Doubt(IReadOnlyList<string> people, string weights) => people.Count == 0 ? null
        : $"{weights} learnt from {people.Count} of these people ({string.Join(", ", people.Take(3))}{(people.Count > 3 ? " …" : "")}), so "
        + "fakes of them look better than a stranger's would, and a number about them says too little of strangers. Measure on others: "
        + "'procedural' starts at people whom no shipped weights know.";

    /// <summary>Properties of a store of fakes that note who of its people taught the weights that made them.</summary>
    public static IReadOnlyDictionary<string, string> Noting(IReadOnlyList<string> people, IDictionary<string, string> properties) =>
        people.Count == 0 ? properties.AsReadOnly()
            : new SortedDictionary<string, string>(properties, StringComparer.Ordinal)
            {
                [PropertyKey] = string.Join(' ', Sorted(people.Select(Short))),
            };

    /// <summary>The people of a store of fakes who taught the weights that made them, as it was noted.</summary>
    public static IReadOnlyList<string> Noted(FrameStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var noted = store.Info.Properties.GetValueOrDefault(PropertyKey, "").Split(' ').ToHashSet(StringComparer.Ordinal);
        return Sorted(store.Identities.Where(person => noted.Contains(Short(person))));
    }

    /// <summary>What made a store's fakes, in words for <see cref="Doubt"/>.</summary>
    public static string MakerOf(FrameStore store) => $"What made the fakes in {store?.Info.Name}";

    private static string Short(string name) => Hashes.OfText(name)[..Digits];

    private static string Source(FrameRecord frame) => frame.SourceSha256[..Math.Min(Digits, frame.SourceSha256.Length)];

    private static string[] Sorted(IEnumerable<string> values) =>
        [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
