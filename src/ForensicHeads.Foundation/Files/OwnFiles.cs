namespace ForensicHeads.Foundation;

/// <summary>The one place where files are made, moved and deleted: always below a folder that a person chose or this toolkit made, never through a link.</summary>
/// <remarks>Names are parts joined by <c>/</c>; one that came out of data has passed <see cref="PathPart"/> before.</remarks>
public static class OwnFiles
{
    /// <summary>Makes a folder below another, which is made, too.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="UserErrorException">The name leads out of the folder.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string CreateFolder(string folder, string name)
    {
        var path = FolderPath.Of(folder, name);
        if (FileKinds.Of(path) == FileKind.Link) throw Linked(path);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Opens a file for writing; the folders above it are made.</summary>
    /// <inheritdoc cref="FileStream(string, FileMode, FileAccess, FileShare, int)"/>
    /// <exception cref="UserErrorException">The name leads out of the folder, or is a link, pipe or device.</exception>
    public static FileStream Open(string folder, string name, FileMode mode, FileAccess access, FileShare share = FileShare.None, int bufferSize = 4096)
    {
        var path = FolderPath.Of(folder, name);
        switch (FileKinds.Of(path))
        {
            case FileKind.Link: throw Linked(path);
            case FileKind.Special: throw new UserErrorException($"{path} is a pipe, socket or device, so nothing is written to it. Remove it, then run the command again.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, mode, access, share, bufferSize);
    }

    /// <summary>Deletes a file, a link itself, or a folder with all that is in it (links in it are not followed). Nothing happens where there is nothing.</summary>
    /// <exception cref="UserErrorException">The name leads out of the folder.</exception>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public static void Delete(string folder, string name)
    {
        var path = FolderPath.Of(folder, name);
        switch (FileKinds.Of(path))
        {
            case FileKind.Missing: return;
            case FileKind.Folder: Directory.Delete(path, recursive: true); break;
            default: File.Delete(path); break;
        }
    }

    /// <summary>Deletes a folder if it is empty.</summary>
    /// <inheritdoc cref="Delete"/>
    public static void DeleteIfEmpty(string folder, string name)
    {
        var path = FolderPath.Of(folder, name);
        if (FileKinds.Of(path) == FileKind.Folder && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    }

    /// <summary>Deletes what was made for a while; that it cannot be is a nuisance, not an error: its name says what it is.</summary>
    public static void TryDelete(string folder, string name)
    {
        try
        {
            Delete(folder, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            // The work's own error, if there is one, is the one to report.
        }
    }

    /// <summary>Renames a file or folder within a folder; a file there before is replaced.</summary>
    /// <inheritdoc cref="Delete"/>
    public static void Move(string folder, string from, string to)
    {
        var (source, target) = (FolderPath.Of(folder, from), FolderPath.Of(folder, to));
        if (FileKinds.Of(source) == FileKind.Folder) Directory.Move(source, target);
        else File.Move(source, target, overwrite: true);
    }

    private static UserErrorException Linked(string path) =>
        new($"{path} is a link, which may lead out of its folder, so nothing is written through it. Remove the link, then run the command again.");
}
