namespace ForensicHeads.Foundation;

/// <summary>One entry of a folder under an evidence log.</summary>
/// <param name="Name">Below the folder, with forward slashes.</param>
/// <param name="Odd">What it is instead of a plain file, in words; null for a plain file.</param>
internal sealed record EvidenceEntry(string Name, string? Odd)
{
    private const string Empty = "an empty folder";

    /// <summary>Whether it is a folder whose listed files are gone, each of which is named by itself.</summary>
    public bool IsEmptied(IEnumerable<string> listed) => Odd == Empty && listed.Any(file => file.StartsWith(Name + "/", StringComparison.Ordinal));

    /// <summary>Everything below a folder but the log itself and folders with something in them, by name. Links are not followed.</summary>
    public static IReadOnlyList<EvidenceEntry> Of(string folder)
    {
        var found = new List<EvidenceEntry>();
        Walk(folder, "", found);
        return [.. found.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private static void Walk(string folder, string above, List<EvidenceEntry> found)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            var name = above + Path.GetFileName(path);
            switch (FileKinds.Of(path))
            {
                case FileKind.Plain:
                    if (name != EvidenceLog.Name) found.Add(new(name, null));
                    break;
                case FileKind.Folder:
                    var before = found.Count;
                    Walk(path, name + "/", found);
                    if (found.Count == before) found.Add(new(name, Empty));
                    break;
                case FileKind.Link: found.Add(new(name, "a link")); break;
                case FileKind.Special: found.Add(new(name, "a pipe, socket or device")); break;
                default: found.Add(new(name, "a name that cannot be read")); break;
            }
        }
    }
}
