namespace ForensicHeads.Statistics;

/// <summary>Members that any chain of common links ties together: people who share footage, say, and so cannot stand on two
/// sides.</summary>
public static class LinkedGroups
{
    /// <summary>The groups, each in ordinal order, ordered by their first member.</summary>
    /// <param name="links">Pairs of a member and a link of its; a member without a link in common stands alone.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<(string Member, string Link)> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        var parent = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (member, link) in links)
        {
            parent.TryAdd(member, member);
            if (!first.TryAdd(link, member)) Join(first[link], member);
        }

        return
        [
            .. parent.Keys.GroupBy(Root).Select(group => (IReadOnlyList<string>)[.. group.Order(StringComparer.Ordinal)])
                .OrderBy(group => group[0], StringComparer.Ordinal),
        ];

        string Root(string member)
        {
            while (parent[member] != member) member = parent[member] = parent[parent[member]];
            return member;
        }

        void Join(string a, string b)
        {
            (a, b) = (Root(a), Root(b));
            if (string.CompareOrdinal(a, b) > 0) (a, b) = (b, a);
            parent[b] = a;
        }
    }
}
