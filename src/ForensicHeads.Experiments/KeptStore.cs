namespace ForensicHeads.Experiments;

/// <summary>Stores of finished steps: one is used again if the log of the run noted its files, and every picture is as it was
/// written.</summary>
internal static class KeptStore
{
    private static readonly string[] Own = ["store.json", "rejected.jsonl"];

    /// <summary>The store at a path, made by these arguments; null where it must be made (again).</summary>
    public static FrameStore? Find(EvidenceLog? log, string path, IReadOnlyList<string> arguments)
    {
        try
        {
            return FinishedStore.Find(path, arguments) is { } store
                && (log is null || Files(store).All(file => log.IsKept(Path.Combine(path, file), PlainFile.Hash(path, file)))) ? store
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            return null;
        }
    }

    /// <summary>Notes a store that was just written.</summary>
    public static void Note(EvidenceLog? log, FrameStore store)
    {
        if (log is null) return;
        foreach (var file in Files(store)) log.NoteKept(Path.Combine(store.Path, file), PlainFile.Hash(store.Path, file));
    }

    // Index and shards are under the content hash of store.json.
    private static IEnumerable<string> Files(FrameStore store) => [.. Own, .. store.Sidecars];
}
