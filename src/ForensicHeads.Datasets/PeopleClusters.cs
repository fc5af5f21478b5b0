namespace ForensicHeads.Datasets;

/// <summary>People who must stay in one role because they share a group, a source file, a video or a driver.</summary>
public static class PeopleClusters
{
    /// <summary>The sets, each in ordinal order, ordered by their first person.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<FrameStore> stores)
    {
        var parent = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var frame in stores.SelectMany(store => store.Frames)) parent.TryAdd(frame.Identity, frame.Identity);
        foreach (var (link, identity) in SharedThings.Of(stores).Select(thing => (thing.Kind + "/" + thing.Name, thing.Identity)))
        {
            if (!first.TryAdd(link, identity)) Join(first[link], identity);
        }

        return
        [
            .. parent.Keys.GroupBy(Root).Select(cluster => (IReadOnlyList<string>)[.. cluster.Order(StringComparer.Ordinal)])
                .OrderBy(cluster => cluster[0], StringComparer.Ordinal),
        ];

        string Root(string person)
        {
            while (parent[person] != person) person = parent[person] = parent[parent[person]];
            return person;
        }

        void Join(string a, string b)
        {
            (a, b) = (Root(a), Root(b));
            if (string.CompareOrdinal(a, b) > 0) (a, b) = (b, a);
            parent[b] = a;
        }
    }
}
