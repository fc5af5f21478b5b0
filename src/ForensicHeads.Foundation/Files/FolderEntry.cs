namespace ForensicHeads.Foundation.Files;

/// <summary>One entry below a folder.</summary>
/// <param name="Name">Below the folder, with forward slashes.</param>
/// <param name="Kind">What it is; <see cref="FileKind.Missing"/> for a name that cannot be read.</param>
public sealed record FolderEntry(string Name, FileKind Kind)
{
    /// <summary>Everything below a folder, by name. Links are entries and are not followed.</summary>
    public static IReadOnlyList<FolderEntry> Below(string folder)
    {
        var found = new List<FolderEntry>();
        Walk(folder, "", found);
        return [.. found.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private static void Walk(string folder, string above, List<FolderEntry> found)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            var entry = new FolderEntry(above + Path.GetFileName(path), FileKinds.Of(path));
            found.Add(entry);
            if (entry.Kind == FileKind.Folder) Walk(path, entry.Name + "/", found);
        }
    }
}
