namespace ForensicHeads.Foundation.Evidence;

/// <summary>One entry of a folder under an evidence log.</summary>
/// <param name="Name">Below the folder, with forward slashes.</param>
/// <param name="Odd">What it is instead of a plain file, in words; null for a plain file.</param>
internal sealed record EvidenceEntry(string Name, string? Odd)
{
    private const string Empty = "an empty folder";

    /// <summary>Whether it is a folder whose listed files are gone, each of which is named by itself.</summary>
    public bool IsEmptied(IEnumerable<string> listed) => Odd == Empty && listed.Any(file => file.StartsWith(Name + "/", StringComparison.Ordinal));

    /// <summary>Everything below a folder but the log itself and folders with something in them, by name.</summary>
    public static IReadOnlyList<EvidenceEntry> Of(string folder)
    {
        var all = FolderEntry.Below(folder);
        var full = all.Select(entry => Path.GetDirectoryName(entry.Name)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. all.Where(entry => !(entry is { Name: EvidenceLog.Name, Kind: FileKind.Plain }) && !(entry.Kind == FileKind.Folder && full.Contains(entry.Name)))
                .Select(entry => new EvidenceEntry(entry.Name, entry.Kind switch
                {
                    FileKind.Plain => null,
                    FileKind.Folder => Empty,
                    FileKind.Link => "a link",
                    FileKind.Special => "a pipe, socket or device",
                    _ => "a name that cannot be read",
                })),
        ];
    }
}
