using System.Runtime.InteropServices;

namespace ForensicHeads.Foundation.Files;

/// <summary>The one place where files are made, moved and deleted: always below a folder that a person chose or this toolkit made, never
/// through a link.</summary>
/// <remarks>Names are parts joined by <c>/</c>; one that came out of data has passed <see cref="PathPart"/> before.</remarks>
public static partial class OwnFiles
{
    private const int CurrentFolder = -100;
    private const uint Exchange = 2;

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
    public static FileStream Open(string folder, string name, FileMode mode, FileAccess access, FileShare share = FileShare.None,
        int bufferSize = 4096)
    {
        var path = FolderPath.Of(folder, name);
        switch (FileKinds.Of(path))
        {
            case FileKind.Link: throw Linked(path);
            case FileKind.Special:
                throw new UserErrorException(
                    $"{path} is a pipe, socket or device, so nothing is written to it. Remove it, then run the command again.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, mode, access, share, bufferSize);
    }

    /// <summary>Deletes a file, a link itself, or a folder with all that is in it (links in it are not followed). Nothing happens where
    /// there is nothing.</summary>
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

    /// <summary>Gives a folder that was made beside its place that place; what stood there before is deleted after.</summary>
    /// <param name="folder">The folder of both.</param>
    /// <param name="staged">Name of the new folder.</param>
    /// <param name="name">Its place; nothing, or a folder.</param>
    /// <exception cref="IOException">It cannot be moved; what stood there stands there.</exception>
    public static void Replace(string folder, string staged, string name)
    {
        var (source, target) = (FolderPath.Of(folder, staged), FolderPath.Of(folder, name));
        if (FileKinds.Of(target) == FileKind.Missing)
        {
            Directory.Move(source, target);
            return;
        }

        // In one step, so that a kill never leaves both under names that are cleared away.
        if (Rename(CurrentFolder, source, CurrentFolder, target, Exchange) != 0)
        {
            var old = AtomicFile.TemporaryName(name);
            Move(folder, name, old);
            try
            {
                Directory.Move(source, target);
            }
            catch
            {
                Move(folder, old, name);
                throw;
            }

            TryDelete(folder, old);
            return;
        }

        TryDelete(folder, staged);
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);

    private static UserErrorException Linked(string path) =>
        new($"{path} is a link, which may lead out of its folder, so nothing is written through it. Remove the link, then run the "
            + "command again.");
}
