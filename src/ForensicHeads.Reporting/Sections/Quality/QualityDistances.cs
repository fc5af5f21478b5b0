namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>
/// KID and FID of every kind of frames at equal n: the same driver frames of the same people for every method and T, first draw only,
/// thinned evenly where there are more than <see cref="MostFrames"/>. An anchor or attacker that lacks one of them has neither.
/// </summary>
internal sealed class QualityDistances
{
    /// <summary>Most frames of a kind: the cost grows with their square.</summary>
    internal const int MostFrames = 4096;

    private readonly Dictionary<QualityKind, KindDistances> kinds = [];
    private readonly string[] identities = [];

    /// <summary>Measures every kind that has features.</summary>
    internal QualityDistances(IReadOnlyList<QualityItem> items)
    {
        var measured = items.Where(item => item is { Features: not null, Draw: 0 }).GroupBy(QualityKind.Of)
            .ToDictionary(group => group.Key, group => group.ToDictionary(item => (item.Identity, item.Driver), item => item.Features!));
        var truth = measured.Keys.FirstOrDefault(kind => kind.Mode == QualityItem.Truth);
        if (truth is null) return;
        // All points of the curves must have a frame, or n would differ between them.
        var shared = measured.Where(kind => kind.Key.IsPoint).Aggregate(measured[truth].Keys.AsEnumerable(), (keys, kind) =>
            keys.Where(kind.Value.ContainsKey)).ToArray();
        var people = Thin(shared.GroupBy(key => key.Identity, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => person.OrderBy(key => key.Driver, StringComparer.Ordinal).ToArray()).ToArray());
        identities = [.. people.Select(person => person[0].Identity)];
        Frames = people.Sum(person => person.Length);
        if (Frames < 2) return;
        FeatureSet Set(QualityKind kind) => new([.. people.Select(person => person.Select(key => measured[kind][key]).ToArray())]);
        var real = Set(truth);
        var frechet = new FrechetDistance(real);
        foreach (var kind in measured.Keys.Where(kind => kind != truth && people.All(person => person.All(measured[kind].ContainsKey))))
        {
            var made = Set(kind);
            kinds[kind] = new KindDistances(KernelDistance.Of(real, made, paired: true), frechet.To(made));
        }
    }

    /// <summary>Frames of each kind.</summary>
    internal int Frames { get; }

    /// <summary>Of one kind; null where it has none.</summary>
    internal KindDistances? Of(QualityKind kind) => kinds.GetValueOrDefault(kind);

    /// <summary>Of one kind without one person; null where it has none, or where the person has no part in them.</summary>
    internal (double? Kid, double? Fid) Without(QualityKind kind, string identity) =>
        Of(kind) is { } found && Array.IndexOf(identities, identity) is var person and >= 0
            ? (found.Kid.Without[person], found.Fid.Without[person]) : default;

    private static T[][] Thin<T>(T[][] people)
    {
        var all = people.Sum(person => person.Length);
        if (all <= MostFrames) return people;
        return [.. people.Select(person =>
        {
            var kept = Math.Max(1, (int)((long)person.Length * MostFrames / all));
            return Enumerable.Range(0, kept).Select(i => person[(int)((long)i * person.Length / kept)]).ToArray();
        })];
    }
}

/// <summary>How far one kind of frames is from the true ones.</summary>
/// <param name="Kid">Kernel distance.</param>
/// <param name="Fid">Fréchet distance.</param>
internal sealed record KindDistances(PersonJackknife Kid, PersonJackknife Fid);
