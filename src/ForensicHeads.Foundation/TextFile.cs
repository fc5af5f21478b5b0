namespace ForensicHeads.Foundation;

/// <summary>Reads text files that may come from strangers.</summary>
public static class TextFile
{
    /// <summary>Longest text that is read, in bytes; a store's largest sidecar has a hundredth of it.</summary>
    public const long MaximumBytes = 256L << 20;

    /// <summary>The whole text, as UTF-8.</summary>
    /// <exception cref="UserErrorException">The file is too long.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Read(string path)
    {
        var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        if (length > MaximumBytes) throw new UserErrorException($"{path} has {length} bytes; at most {MaximumBytes} are read. It is not what it should be: restore it or make it again.");
        return File.ReadAllText(path);
    }
}
