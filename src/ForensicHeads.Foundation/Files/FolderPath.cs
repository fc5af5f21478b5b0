namespace ForensicHeads.Foundation.Files;

/// <summary>Paths below a folder, by names: none leads out of it, in words or by a link.</summary>
internal static class FolderPath
{
    /// <summary>The full path of an entry.</summary>
    /// <param name="folder">The folder; may itself be reached by a link, for somebody chose it.</param>
    /// <param name="name">Names joined by <c>/</c>; none empty, <c>.</c> or <c>..</c>.</param>
    /// <exception cref="UserErrorException">The name leads out of the folder, or passes through a link.</exception>
    public static string Of(string folder, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(name);
        var at = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parts = name.Split('/');
        if (parts.Any(part => part is "" or "." or ".." || part.Contains('\0', StringComparison.Ordinal)))
        {
            throw new UserErrorException($"'{name}' leads out of {at}, so it is left alone. Do not use this folder.");
        }

        foreach (var part in parts[..^1])
        {
            at = Path.Combine(at, part);
            if (FileKinds.Of(at) == FileKind.Link) throw new UserErrorException(
                $"{at} is a link, which may lead out of its folder, so nothing is read or written through it. "
                    + "Put the folder itself there.");
        }

        return Path.Combine(at, parts[^1]);
    }
}
