using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>Real people in folds of about equal size; people who share a group, source or driver stay together.</summary>
internal static class RealFolds
{
    /// <summary>Each real person's fold, 0 … <paramref name="folds"/> − 1.</summary>
    /// <exception cref="UserErrorException">Fewer sets of unconnected people than folds.</exception>
    public static IReadOnlyDictionary<string, int> Of(IReadOnlyList<Clip> clips, int folds, long seed)
    {
        var clusters = Clusters(clips.Where(clip => !clip.Generated));
        if (clusters.Count < folds)
            throw new UserErrorException($"The real clips show {clusters.Count} sets of people that share no footage; {folds} folds need at least {folds}. Add people or lower --folds.");
        var order = new SeededRandom(seed, "protocol/folds").Permutation(clusters.Count).Select(i => clusters[i]).OrderByDescending(cluster => cluster.Count);
        var parts = Enumerable.Range(0, folds).Select(_ => new List<string>()).ToArray();
        foreach (var cluster in order) parts.MinBy(part => part.Count)!.AddRange(cluster);
        return parts.SelectMany((part, fold) => part.Select(person => (person, fold))).ToDictionary(entry => entry.person, entry => entry.fold, StringComparer.Ordinal);
    }

    // Sets of people joined by a common link, each in ordinal order, ordered by their first person.
    private static List<List<string>> Clusters(IEnumerable<Clip> clips)
    {
        var sets = new List<(HashSet<string> Links, HashSet<string> People)>();
        foreach (var clip in clips)
        {
            var joined = sets.Where(set => set.Links.Overlaps(clip.Links)).ToArray();
            var merged = (Links: new HashSet<string>(clip.Links, StringComparer.Ordinal), People: new HashSet<string>([clip.Identity], StringComparer.Ordinal));
            foreach (var set in joined)
            {
                merged.Links.UnionWith(set.Links);
                merged.People.UnionWith(set.People);
                sets.Remove(set);
            }

            sets.Add(merged);
        }

        return [.. sets.Select(set => set.People.Order(StringComparer.Ordinal).ToList()).OrderBy(people => people[0], StringComparer.Ordinal)];
    }
}
