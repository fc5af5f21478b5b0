namespace ForensicHeads.Datasets.Splits;

/// <summary>What makes a split a data set's own: its parts, by the word that stands in <see cref="FrameRecord.OfficialSplit"/>.</summary>
/// <remarks>Data sets divide files, and some have one person in several parts. Such a person has no role; each of their frames has the one
/// of its part.</remarks>
/// <param name="Collections">The collections that were divided so; an empty text stands for none.</param>
/// <param name="Parts">The role of each part, by the data set's word.</param>
public sealed record OfficialParts(IReadOnlyList<string> Collections, IReadOnlyDictionary<string, SplitRole> Parts)
{
    /// <summary>The role of a frame; null where the data set gives it no part.</summary>
    public SplitRole? RoleOf(FrameRecord frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.OfficialSplit is { } part && Parts.TryGetValue(part, out var role) && Collections.Contains(frame.Collection ?? "")
            ? role : null;
    }

    /// <summary>The split that files say they belong to; null where none says so.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="inputs">The files.</param>
    /// <param name="roleOf">What the words mean; a word without a meaning gives no role.</param>
    internal static Split? SplitOf(string name, IReadOnlyList<IngestInput> inputs, Func<string, SplitRole?> roleOf)
    {
        var said = inputs.Where(input => input.OfficialSplit is not null)
            .Select(input => (input.Identity, Part: input.OfficialSplit!, Collection: input.Collection ?? "",
                Role: roleOf(input.OfficialSplit!)))
            .Where(one => one.Role is not null).ToArray();
        if (said.Length == 0) return null;
        return new Split
        {
            Name = name,
            Seed = 0,
            // No data set sets people aside for a generator.
            GeneratorEqualsTrain = true,
            Identities = said.GroupBy(one => one.Identity, one => one.Role!.Value)
                .Where(person => person.Distinct().Count() == 1).ToDictionary(person => person.Key, person => person.First()),
            Official = new OfficialParts([.. said.Select(one => one.Collection).Distinct().Order(StringComparer.Ordinal)],
                new SortedDictionary<string, SplitRole>(said.GroupBy(one => one.Part).ToDictionary(
                    part => part.Key, part => part.First().Role!.Value), StringComparer.Ordinal)),
        };
    }

    /// <summary>Two stores' copies of one split as one: people whom both name differently have no role of their own.</summary>
    internal static Split Join(Split one, Split other)
    {
        var people = new Dictionary<string, SplitRole>(one.Identities, StringComparer.Ordinal);
        foreach (var (person, role) in other.Identities)
            if (!people.TryAdd(person, role) && people[person] != role) people.Remove(person);
        if (one.Official is not { } a || other.Official is not { } b) return one with { Identities = people };
        var parts = new SortedDictionary<string, SplitRole>(a.Parts.ToDictionary(), StringComparer.Ordinal);
        foreach (var (part, role) in b.Parts) parts.TryAdd(part, role);
        return one with
        {
            Identities = people,
            Official = new OfficialParts([.. a.Collections.Union(b.Collections).Order(StringComparer.Ordinal)], parts),
        };
    }
}
