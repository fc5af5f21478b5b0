namespace ForensicHeads.Datasets.Splits;

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
