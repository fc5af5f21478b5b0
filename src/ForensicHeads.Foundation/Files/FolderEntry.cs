namespace ForensicHeads.Foundation.Files;

/// <summary>One entry below a folder.</summary>
/// <param name="Name">Below the folder, with forward slashes.</param>
/// <param name="Kind">What it is; <see cref="FileKind.Missing"/> for a name that cannot be read.</param>
public sealed record FolderEntry(string Name, FileKind Kind)
{
    /// <summary>Everything below a folder, by name. Links are entries and are not followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="locked">Takes the name of a folder that may not be listed, and the reason; null to throw.</param>
    /// <exception cref="UnauthorizedAccessException">A folder may not be listed, and nobody takes its name.</exception>
    public static IReadOnlyList<FolderEntry> Below(string folder, Action<string, string>? locked = null)
    {
        var found = new List<FolderEntry>();
        Walk(folder, "", found, locked);
        return [.. found.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private static void Walk(string folder, string above, List<FolderEntry> found, Action<string, string>? locked)
    {
        try
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder))
            {
                var entry = new FolderEntry(above + Path.GetFileName(path), FileKinds.Of(path));
                found.Add(entry);
                if (entry.Kind == FileKind.Folder) Walk(path, entry.Name + "/", found, locked);
            }
        }
        catch (UnauthorizedAccessException) when (locked is not null)
        {
            locked(above, "a folder that you may not list");
        }
    }
}
