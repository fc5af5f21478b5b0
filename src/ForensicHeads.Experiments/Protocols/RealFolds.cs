namespace ForensicHeads.Experiments.Protocols;

/// <summary>Real people in folds of about equal size; people who share a group, source or driver stay together.</summary>
internal static class RealFolds
{
    /// <summary>Each real person's fold, 0 … <paramref name="folds"/> − 1.</summary>
    /// <exception cref="UserErrorException">Fewer sets of unconnected people than folds.</exception>
    public static IReadOnlyDictionary<string, int> Of(IReadOnlyList<Clip> clips, int folds, long seed)
    {
        var clusters = LinkedGroups.Of(clips.Where(clip => !clip.Generated).SelectMany(clip => clip.Links.Prepend("person/" + clip.Identity).Select(link => (clip.Identity, link))));
        if (clusters.Count < folds)
            throw new UserErrorException($"The real clips show {clusters.Count} sets of people that share no footage; {folds} folds need at least {folds}. Add people or lower --folds.");
        var order = new SeededRandom(seed, "protocol/folds").Permutation(clusters.Count).Select(i => clusters[i]).OrderByDescending(cluster => cluster.Count);
        var parts = Enumerable.Range(0, folds).Select(_ => new List<string>()).ToArray();
        foreach (var cluster in order) parts.MinBy(part => part.Count)!.AddRange(cluster);
        return parts.SelectMany((part, fold) => part.Select(person => (person, fold))).ToDictionary(entry => entry.person, entry => entry.fold, StringComparer.Ordinal);
    }
}
