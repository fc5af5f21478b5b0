using ForensicHeads.Foundation;

namespace ForensicHeads.Datasets;

/// <summary>The rules for the folder in which a store is put.</summary>
internal static class StoreFolder
{
    /// <summary>Refuses a folder whose content a finished writer would destroy.</summary>
    public static void EnsureMayBeWritten(string path, StoreInfo info)
    {
        if (File.Exists(path)) throw new UserErrorException($"{path} is a file; a store needs a folder of its own. Choose another --out.");
        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any()) return;
        if (!File.Exists(Path.Combine(path, StoreLayout.Manifest)))
        {
            throw new UserErrorException($"{path} is not empty and not a store. Choose another --out, or remove the folder first.");
        }

        var there = StoreLayout.ReadManifest(path);
        var same = there.Size == info.Size && there.CropSpecification == info.CropSpecification && there.EncodePath == info.EncodePath && there.Arguments.SequenceEqual(info.Arguments);
        if (!same)
        {
            throw new UserErrorException($"{path} already holds the store '{there.Name}', made by other arguments ({string.Join(' ', there.Arguments)}). Choose another --out, or remove the folder first.");
        }
    }

    /// <summary>Renames <paramref name="staging"/> to <paramref name="path"/>; an older store there is moved aside first and removed after.</summary>
    public static void Swap(string staging, string path)
    {
        string? old = null;
        if (Directory.Exists(path))
        {
            old = AtomicFile.TemporaryName(path);
            Directory.Move(path, old);
        }

        try
        {
            Directory.Move(staging, path);
        }
        catch when (old is not null)
        {
            Directory.Move(old, path);
            throw;
        }

        if (old is not null) TryDelete(old);
    }

    /// <summary>Turns the errors of a full or read-only disk into one line.</summary>
    public static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot write the store {path}: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Free some space or choose another --out, then run the command again.", inner: error);
        }
    }

    /// <summary>Removes a folder if it can be.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A left-over temporary folder is a nuisance, not an error: its name says what it is.
        }
    }
}
