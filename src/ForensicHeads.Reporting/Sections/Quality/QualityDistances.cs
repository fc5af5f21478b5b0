namespace ForensicHeads.Reporting.Sections.Quality;

/// <summary>
/// KID and FID of every kind of frames at equal n: the same driver frames of the same people for every method and T, first draw only,
/// thinned evenly where there are more than <see cref="MostFrames"/>. An anchor or attacker that lacks one of them has neither.
/// </summary>
internal sealed class QualityDistances
{
    /// <summary>Most frames of a kind: the cost grows with their square.</summary>
    internal const int MostFrames = 4096;

    private readonly Dictionary<QualityKind, (KernelDistance Kernel, double? Frechet)> kinds = [];

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
        Frames = people.Sum(person => person.Length);
        if (Frames < 2) return;
        FeatureSet Set(QualityKind kind) => new([.. people.Select(person => person.Select(key => measured[kind][key]).ToArray())]);
        var real = Set(truth);
        var frechet = new FrechetDistance(real);
        foreach (var kind in measured.Keys.Where(kind => kind != truth && people.All(person => person.All(measured[kind].ContainsKey))))
        {
            var made = Set(kind);
            kinds[kind] = (new KernelDistance(real, made, paired: true), frechet.To(made));
        }
    }

    /// <summary>Frames of each kind.</summary>
    internal int Frames { get; }

    internal KernelDistance? Kernel(QualityKind kind) => kinds.TryGetValue(kind, out var found) ? found.Kernel : null;

    internal double? Frechet(QualityKind kind) => kinds.TryGetValue(kind, out var found) ? found.Frechet : null;

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
