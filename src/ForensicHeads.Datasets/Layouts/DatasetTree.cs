using System.Text;

namespace ForensicHeads.Datasets.Layouts;

/// <summary>The files of a data set as they lie on disk, walked once. What archives and file systems leave behind is no part of
/// it.</summary>
public sealed class DatasetTree
{
    private const int Named = 3;
    private static readonly HashSet<string> Sounds =
        new("wav m4a aac mp3 flac ogg opus".Split(' ').Select(ending => "." + ending), StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> present;
    private readonly HashSet<string> links;

    private DatasetTree(string root, IReadOnlyList<FolderEntry> entries, IReadOnlyList<RejectedInput> locked)
    {
        Root = root;
        Locked = locked;
        Entries = [.. entries.Where(entry => entry.Kind != FileKind.Folder).Select(entry => entry.Name)];
        links = entries.Where(entry => entry.Kind == FileKind.Link).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var (files, others) = (new List<string>(Entries.Count), new List<LeftOutFile>());
        foreach (var entry in entries.Where(entry => entry.Kind != FileKind.Folder))
        {
            if (LeftOutFile.Hidden(entry.Name) is { } hidden) others.Add(hidden);
            else if (Fault(entry) is { } fault) others.Add(new LeftOutFile(entry.Name, fault));
            else files.Add(entry.Name);
        }

        Files = files;
        LeftOut = [.. others.Distinct()];
        present = files.ToHashSet(StringComparer.Ordinal);
        var above = Path.GetFullPath(root).Split('/', StringSplitOptions.RemoveEmptyEntries);
        Above = string.Concat(above.TakeLast(1).Select(part => part + "/"));
        FarAbove = string.Concat(above.TakeLast(3).Select(part => part + "/"));
    }

    /// <summary>The folder, as the user named it.</summary>
    public string Root { get; }

    /// <summary>Everything but folders, in ordinal order, by its path below the root with forward slashes.</summary>
    public IReadOnlyList<string> Entries { get; }

    /// <summary>The plain files, and links to such, that are not hidden.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The others.</summary>
    public IReadOnlyList<LeftOutFile> LeftOut { get; }

    /// <summary>Folders that may not be listed.</summary>
    public IReadOnlyList<RejectedInput> Locked { get; }

    /// <summary>The files that are named like pictures or videos.</summary>
    public IEnumerable<string> Media => Files.Where(MediaFolder.IsNamedLikeMedia);

    /// <summary>The root's own name and a slash: somebody may have named the folder <c>test</c> of a data set.</summary>
    internal string Above { get; }

    /// <summary>The last three folders of the root's path, with a slash behind each, for names that mean nothing else.</summary>
    internal string FarAbove { get; }

    /// <summary>Walks a folder.</summary>
    /// <exception cref="UserErrorException">No such folder, or one that may not be listed.</exception>
    public static DatasetTree Of(string root)
    {
        if (!Directory.Exists(root)) throw new UserErrorException($"{root} is not a folder; name the folder that holds the videos.", 2);
        var locked = new List<RejectedInput>();
        var entries = FolderEntry.Below(root, (name, reason) => locked.Add(new RejectedInput(name, null, reason,
            "Let yourself read it (chmod), or leave it out.")));
        if (locked.Any(one =>
            one.File.Length == 0)) throw new UserErrorException($"You may not list {root}. Let yourself read it (chmod).");
        return new DatasetTree(root, entries, locked);
    }

    /// <summary>Whether a file of that path is there.</summary>
    public bool Has(string file) => present.Contains(file);

    /// <summary>The files of that name, in whatever folder; the case of letters does not count. Those nearest to the root first.</summary>
    public IEnumerable<string> Called(string name) => Files
        .Where(file => file.Length >= name.Length && file.EndsWith(name, StringComparison.OrdinalIgnoreCase)
            && (file.Length == name.Length || file[^(name.Length + 1)] == '/'))
        .OrderBy(file => file.Count(c => c == '/')).ThenBy(file => file, StringComparer.Ordinal);

    /// <summary>The part that a file's folders or name speak of, or that the root is called by; null for none.</summary>
    internal string? PartOf(string file) => DatasetWords.PartIn(file)
        ?? (DatasetWords.RoleOf(Above.TrimEnd('/')) is null ? null : Above.TrimEnd('/'));

    /// <summary>The absolute path of a file.</summary>
    public string FullPath(string file) => Path.GetFullPath(Path.Combine(Root, file));

    /// <summary>Whether it is named like a sound.</summary>
    internal static bool IsSound(string file) => Sounds.Contains(Path.GetExtension(file));

    /// <summary>Whether a link leads to it.</summary>
    internal bool IsLink(string file) => links.Contains(file);

    /// <summary>The first characters of a file; empty where it cannot be read.</summary>
    internal string Head(string file, int most = 4096)
    {
        try
        {
            using var stream = PlainFile.Open(FullPath(file));
            var head = new byte[Math.Min(most, stream.Length)];
            return Encoding.UTF8.GetString(head, 0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            return "";
        }
    }

    /// <summary>What lies there, in a few words for an error.</summary>
    internal string Seen()
    {
        if (Files.Count == 0) return "it holds no files";
        var media = Media.ToArray();
        var first = (media.Length > 0 ? media : Files).Take(Named);
        return $"it holds {media.Length} picture or video files and {Files.Count - media.Length} others, such as "
            + string.Join(", ", first);
    }

    private string? Fault(FolderEntry entry) => entry.Kind switch
    {
        FileKind.Plain => null,
        FileKind.Link => FileKinds.OfTarget(Path.Combine(Root, entry.Name)) switch
        {
            FileKind.Plain => null,
            FileKind.Folder => MediaFolder.LinkToFolder,
            FileKind.Missing => "a link that leads to nothing",
            _ => "no file but a pipe, socket or device",
        },
        _ => "no file but a pipe, socket or device",
    };
}
