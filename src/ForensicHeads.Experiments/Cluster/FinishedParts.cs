namespace ForensicHeads.Experiments.Cluster;

/// <summary>Takes the heads that the parts of an experiment made over into the folder of the whole, as if it had made them.</summary>
/// <remarks>Whatever is taken stands under the same keys as ever: what other inputs made is not used, but made again.</remarks>
internal static class FinishedParts
{
    private const string Work = "work";
    private const string Source = Work + "/source/";

    /// <summary>Copies the cached steps of each part, and notes them.</summary>
    /// <param name="parts">The folders of the parts; null for a missing one.</param>
    /// <param name="folder">The folder of the whole.</param>
    /// <param name="log">Its log.</param>
    /// <param name="cancellation">Stops between files.</param>
    public static void Take(IEnumerable<string?> parts, string folder, EvidenceLog log, CancellationToken cancellation)
    {
        foreach (var part in parts.OfType<string>())
        {
            if (!Directory.Exists(Path.Combine(part, Work))) continue;
            string[] files = [.. FolderEntry.Below(Path.Combine(part, Work)).Where(entry => entry.Kind == FileKind.Plain)
                .Select(entry => $"{Work}/{entry.Name}").Where(file => !file.StartsWith(Source, StringComparison.Ordinal))];
            // A store is taken as a whole, and nothing of an earlier one stays in it.
            foreach (var store in files.Where(file => Path.GetFileName(file) == "store.json"))
                if (!PlainFile.Is(folder, store, PlainFile.Hash(part, store))) OwnFiles.Delete(folder, Path.GetDirectoryName(store)!);
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                var (target, hash) = (Path.Combine(folder, file), PlainFile.Hash(part, file));
                if (log.IsKept(target, hash) && PlainFile.Is(folder, file, hash)) continue;
                AtomicFile.Copy(part, folder, file);
                log.NoteKept(target, hash);
            }
        }
    }
}
