namespace ForensicHeads.Datasets.Splits;

/// <summary>Draws splits by person.</summary>
public static class SplitMaker
{
    /// <summary>Draws a split over the people of some stores. The same people, options and seed give the same split, in whatever order the
    /// stores come.</summary>
    /// <remarks>People who share a <c>group</c>, a source file or a driver stay together, so that no such thing spans two roles.</remarks>
    /// <param name="stores">The frames.</param>
    /// <param name="options">How many of what.</param>
    /// <param name="among">The people who may get a role; everybody when null.</param>
    /// <exception cref="UserErrorException">Too few people for the roles, or amounts that make no sense.</exception>
    public static Split Make(IReadOnlyList<FrameStore> stores, SplitOptions options, IReadOnlyCollection<string>? among = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var clusters = PeopleClusters.Of(stores);
        if (among is not null) clusters =
            [.. clusters.Select(cluster => (IReadOnlyList<string>)[.. cluster.Where(among.Contains)]).Where(cluster => cluster.Count > 0)];
        var people = clusters.Sum(cluster => cluster.Count);
        var wanted = Wanted(options, people);
        var needed = wanted.Sum(pair => pair.Count);
        if (needed > people)
        {
            throw new UserErrorException(
                $"The split needs {needed} people ({Describe(wanted)}) and there are {people}. Add people, lower the "
                + $"counts{(options.GeneratorEqualsTrain ? "" : ", or let the generator equal train")}.");
        }

        var random = new SeededRandom(options.Seed, "split/" + options.Name);
        var order = random.Permutation(clusters.Count).Select(i => clusters[i]).OrderByDescending(cluster => cluster.Count).ToArray();
        var roles = new SortedDictionary<string, SplitRole>(StringComparer.Ordinal);
        var open = wanted.ToDictionary(pair => pair.Role, pair => pair.Count);
        foreach (var cluster in order)
        {
            // Large clusters first, each into the role with the most room; what fits nowhere serves nobody.
            var role = wanted.Select(pair => pair.Role).OrderByDescending(role => open[role]).First();
            if (open[role] < cluster.Count) continue;
            open[role] -= cluster.Count;
            foreach (var person in cluster) roles.Add(person, role);
        }

        if (open.FirstOrDefault(pair => pair.Value > 0) is { Value: > 0 } unfilled)
        {
            var largest = clusters.Max(cluster => cluster.Count);
            throw new UserErrorException(
                $"The role {Lower(unfilled.Key)} lacks {unfilled.Value} people: up to {largest} people share footage, a group or a "
                + $"driver and must stay together ({people} people in {clusters.Count} such sets; {Describe(wanted)} wanted). Lower the "
                + "counts or add people.");
        }

        return new Split
        {
            Name = options.Name,
            Seed = options.Seed,
            GeneratorEqualsTrain = options.GeneratorEqualsTrain,
            Identities = roles
        };
    }

    private static List<(SplitRole Role, int Count)> Wanted(SplitOptions options, int people)
    {
        var amounts = options.Amounts;
        if (!amounts.Any(pair => pair.Amount is > 0 and < 1)) return [.. amounts.Select(pair => (pair.Role, (int)pair.Amount))];
        var counts =
            amounts.Select(pair => (pair.Role, Count: pair.Amount > 0 ? Math.Max(1, (int)Math.Floor((pair.Amount * people) + 1e-9)) : 0))
            .ToList();

        // Floors leave a few people over: they go to the roles with the largest remainders.
        var target = (int)Math.Floor((amounts.Sum(pair => pair.Amount) * people) + 1e-9);
        foreach (var i in Enumerable.Range(0, counts.Count).OrderByDescending(i => (amounts[i].Amount * people) - counts[i].Count)
            .ThenByDescending(i => i))
        {
            if (counts.Sum(pair => pair.Count) >= target) break;
            if (amounts[i].Amount > 0) counts[i] = (counts[i].Role, counts[i].Count + 1);
        }

        return counts;
    }

    private static string Describe(IEnumerable<(SplitRole Role, int Count)> wanted) =>
        string.Join(", ", wanted.Select(pair => $"{Lower(pair.Role)} {pair.Count}"));

    private static string Lower(SplitRole role) => role.ToString().ToLowerInvariant();
}

/// <summary>People who must stay in one role because they share a group, a source file, a video or a driver.</summary>
public static class PeopleClusters
{
    /// <summary>The sets, each in ordinal order, ordered by their first person.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<FrameStore> stores) => LinkedGroups.Of(
    [
        .. stores.SelectMany(store => store.Identities).Select(person => (person, "person/" + person)),
        .. SharedThings.Of(stores).Select(thing => (thing.Identity, thing.Kind + "/" + thing.Name)),
    ]);
}
