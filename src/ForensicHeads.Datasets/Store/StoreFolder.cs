namespace ForensicHeads.Datasets.Store;

/// <summary>The rules for the folder in which a store is put.</summary>
internal static class StoreFolder
{
    /// <summary>Refuses a folder whose content a finished writer would destroy.</summary>
    public static void EnsureMayBeWritten(string path, StoreInfo info)
    {
        if (File.Exists(path)) throw new UserErrorException($"{path} is a file; a store needs a folder of its own. Choose another --out.");
        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any()) return;
        if (!PlainFile.IsThere(path, StoreLayout.Manifest))
        {
            throw new UserErrorException($"{path} is not empty and not a store. Choose another --out, or remove the folder first.");
        }

        var there = StoreLayout.ReadManifest(path);
        var same = there.Size == info.Size && there.CropSpecification == info.CropSpecification && there.EncodePath == info.EncodePath
            && there.Arguments.SequenceEqual(info.Arguments);
        if (!same)
        {
            throw new UserErrorException(
                $"{path} already holds the store '{there.Name}', made by other arguments ({string.Join(' ', there.Arguments)}). Choose "
                + "another --out, or remove the folder first.");
        }

        if (Foreign(path) is { } foreign)
        {
            throw new UserErrorException(
                $"{path} is a store, but it also holds '{foreign}', which would be lost: a store is replaced as a whole. Move that "
                + "elsewhere, or choose another --out.");
        }
    }

    /// <summary>The first entry of a store's folder that is no part of a store, or null.</summary>
    public static string? Foreign(string path)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(entry);
            if (name is StoreLayout.Shards or StoreLayout.Splits && FileKinds.Of(entry) == FileKind.Folder)
            {
                var inside = Directory.EnumerateFileSystemEntries(entry).Select(part => Path.GetFileName(part))
                    .Order(StringComparer.Ordinal);
                if (inside.FirstOrDefault(part => !(name == StoreLayout.Shards ? StoreLayout.IsShard(part) : StoreLayout.IsSidecar(part))
                    || FileKinds.Of(Path.Combine(entry, part)) != FileKind.Plain) is { } stray) return $"{name}/{stray}";
            }
            else if (FileKinds.Of(entry) != FileKind.Plain
                || !(name is StoreLayout.Manifest or StoreLayout.Index or StoreLayout.Rejected or StoreLayout.DataSheet
                    || StoreLayout.IsSidecar(name)))
            {
                return name;
            }
        }

        return null;
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
            throw new UserErrorException(
                $"Cannot write the store {path}: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. "
                + WriteFault.Remedy(error), inner: error);
        }
    }
}
