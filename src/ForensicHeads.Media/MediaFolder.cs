using ForensicHeads.Media.Decode;

namespace ForensicHeads.Media;

/// <summary>A file of a folder that is not read, and why.</summary>
/// <param name="File">Below the folder, with forward slashes; of a hidden folder its name alone.</param>
/// <param name="Reason">In a few words.</param>
public sealed record LeftOutFile(string File, string Reason)
{
    private const int Named = 3;

    /// <summary>A file whose path has a part that begins with a dot, or that a file manager or archiver left behind, called by the path
    /// down to there; null for any other.</summary>
    public static LeftOutFile? Hidden(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('/');
        var at = Array.FindIndex(parts, part => part.StartsWith('.') || part is "__MACOSX" or "Thumbs.db" or "desktop.ini");
        return at < 0 ? null : new LeftOutFile(string.Join('/', parts[..(at + 1)]) + (at < parts.Length - 1 ? "/" : ""), "hidden");
    }

    /// <summary>A line for each reason: how many files, and the first of them by name.</summary>
    public static IEnumerable<string> Lines(string folder, IEnumerable<LeftOutFile> files) => files.GroupBy(file => file.Reason)
        .Select(group => (Reason: group.Key, Files: group.Select(file => file.File).ToArray()))
        .Select(group => $"{group.Files.Length} file{(group.Files.Length == 1 ? "" : "s")} of {folder} left out, {group.Reason}: "
            + string.Join(", ", group.Files.Take(Named))
            + (group.Files.Length > Named ? $" and {group.Files.Length - Named} more" : ""));
}

/// <summary>The pictures and videos below a folder, known by their first bytes and never by their names.</summary>
/// <param name="Files">Paths of what is a picture or video, or is at least named like one, in ordinal order. Links to files count, links
/// to folders are not followed.</param>
/// <param name="LeftOut">Everything else.</param>
public sealed record MediaFolder(IReadOnlyList<string> Files, IReadOnlyList<LeftOutFile> LeftOut)
{
    /// <summary>A link to a folder.</summary>
    public const string LinkToFolder = "a link to a folder, which is not followed";

    /// <summary>Endings of names by which a damaged file is still known to have been a picture or video, and is refused by name.</summary>
    private static readonly HashSet<string> Endings = new(
        "mp4 m4v mov 3gp mpg mpeg vob ts m2ts mts avi mkv webm flv gif png apng jpg jpeg jfif bmp webp tif tiff avif heic heif pgm ppm"
            .Split(' ').Select(ending => "." + ending), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file is named like a picture or video.</summary>
    public static bool IsNamedLikeMedia(string file) => Endings.Contains(Path.GetExtension(file));

    /// <summary>Looks through a folder at any depth.</summary>
    public static MediaFolder Of(string folder)
    {
        var (files, others) = (new List<string>(), new List<LeftOutFile>());
        foreach (var entry in FolderEntry.Below(folder, (name, reason) => others.Add(new LeftOutFile(name, reason))))
        {
            if (entry.Kind == FileKind.Folder) continue;
            if (LeftOutFile.Hidden(entry.Name) is { } hidden) others.Add(hidden);
            else if (Reason(Path.Combine(folder, entry.Name)) is { } reason) others.Add(new LeftOutFile(entry.Name, reason));
            else files.Add(Path.Combine(folder, entry.Name));
        }

        return new MediaFolder(files, [.. others.Distinct()]);
    }

    /// <summary>Why a file is not even tried; null for pictures and videos, damaged and foreign ones included.</summary>
    private static string? Reason(string path)
    {
        if (FileKinds.OfTarget(path) is var kind && kind != FileKind.Plain) return kind switch
        {
            // A name that is not in UTF-8 reaches nobody as it is; whoever reads the file says so.
            FileKind.Missing => path.Contains('\uFFFD', StringComparison.Ordinal) ? null : "a link that leads to nothing",
            FileKind.Folder => LinkToFolder,
            _ => "no file but a pipe, socket or device",
        };
        return Endings.Contains(Path.GetExtension(path)) || MediaProbe.IsKnown(path) ? null : "no picture or video by its first bytes";
    }
}
