using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Datasets.Splits;

/// <summary>Which person serves what: <c>splits/NAME.json</c> beside a store.</summary>
public sealed record Split
{
    // A person named twice must not end in the role that happens to come last.
    private static readonly JsonSerializerOptions Strict = new(CanonicalJson.Indented) { AllowDuplicateProperties = false };

    /// <summary>Version of the file's form.</summary>
    public string FormatVersion { get; init; } = "1";

    /// <summary>The split's name.</summary>
    public required string Name { get; init; }

    /// <summary>The seed that drew it.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether the generator learns from the detector's training people, for want of enough people. Reports must say so.</summary>
    public bool GeneratorEqualsTrain { get; init; }

    /// <summary>Each person's role.</summary>
    public required IReadOnlyDictionary<string, SplitRole> Identities
    {
        get;
        init => field = Canonical(value);
    }

    /// <summary>The parts of a data set's own split; null for one that was drawn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OfficialParts? Official { get; init; }

    /// <summary>Where the split called <paramref name="name"/> lies for a store: in <c>splits/</c> beside the store's folder.</summary>
    public static string PathFor(string store, string name) =>
        Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(store))) ?? "", "splits",
            PathPart.Checked(name, "The split's name is") + ".json");

    /// <summary>Reads a split file.</summary>
    /// <exception cref="UserErrorException">Missing, malformed, or a person named twice.</exception>
    public static Split Load(string path)
    {
        try
        {
            var split = JsonSerializer.Deserialize<Split>(PlainFile.Reading($"the split {path}", () => PlainFile.ReadText(path),
                "Make one with 'datasets split'."), Strict) ?? throw new JsonException("the file holds null");
            if (split.FormatVersion != "1") throw new JsonException($"format version '{split.FormatVersion}' is not '1'");
            return split;
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} is not a valid split: {error.Describe()} Every person has one role of "
                + $"{RoleNames}; make it again with 'datasets split'.", inner: error);
        }
    }

    private static Dictionary<string, SplitRole> Canonical(IReadOnlyDictionary<string, SplitRole> people)
    {
        var result = new Dictionary<string, SplitRole>(people.Count, StringComparer.Ordinal);
        foreach (var (person, role) in people)
        {
            if (!result.TryAdd(IdentityName.Canonical(person), role)) throw new UserErrorException(
                $"The split names '{person}' twice, in two ways of writing the letters; it is one person. Keep one of them.");
        }

        return result;
    }

    /// <summary>Writes the file, people in ordinal order; whole or not at all.</summary>
    public void Save(string path)
    {
        var sorted = new SortedDictionary<string, SplitRole>(StringComparer.Ordinal);
        foreach (var (identity, role) in Identities) sorted.Add(identity, role);
        AtomicFile.WriteText(path, CanonicalJson.ToText(this with { Identities = sorted }));
    }

    /// <summary>A person's role, or null when the split does not name them.</summary>
    public SplitRole? RoleOf(string identity) => Identities.TryGetValue(IdentityName.Canonical(identity), out var role) ? role : null;

    /// <summary>A frame's role: that of its part in the data set's own split, else its person's; null when it has none.</summary>
    public SplitRole? RoleOf(FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return Official?.RoleOf(frame) ?? RoleOf(frame.Identity);
    }

    /// <summary>Whether a frame serves a role; where the generator equals train, training frames serve both.</summary>
    public bool Has(FrameRecord frame, SplitRole role) =>
        RoleOf(frame) == (role == SplitRole.Generator && GeneratorEqualsTrain ? SplitRole.Train : role);

    /// <summary>The people of a role, in ordinal order; where the generator equals train, its people are the training people.</summary>
    public IReadOnlyList<string> PeopleOf(SplitRole role)
    {
        var wanted = role == SplitRole.Generator && GeneratorEqualsTrain ? SplitRole.Train : role;
        return [.. Identities.Where(pair => pair.Value == wanted).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>The same for some people only.</summary>
    public Split Among(IReadOnlySet<string> people) =>
        this with { Identities = Identities.Where(pair => people.Contains(pair.Key)).ToDictionary() };

    private static string RoleNames => string.Join(", ", Enum.GetNames<SplitRole>().Select(name => name.ToLowerInvariant()));
}

/// <summary>What a person serves in an experiment; the five sets are disjoint.</summary>
public enum SplitRole
{
    /// <summary>Meta-learning of the generator, and nothing else.</summary>
    Generator,

    /// <summary>Training of the detector.</summary>
    Train,

    /// <summary>Thresholds, conditions and step caps.</summary>
    Validation,

    /// <summary>Fitting the calibrator.</summary>
    Calibration,

    /// <summary>The numbers that are reported.</summary>
    Test,
}
