namespace ForensicHeads.Datasets.Ingest;

/// <summary>Paths from a manifest, which must not lead out of their root.</summary>
internal static class RootedPath
{
    /// <summary>The absolute path, or the reason why it is refused.</summary>
    internal static (string? Path, string? Fault) Resolve(string root, string relative)
    {
        if (relative.Length == 0) return (null, "the file name is empty");
        if (relative.Contains('\0', StringComparison.Ordinal)) return (null, "the file name holds a zero byte");
        if (Path.IsPathRooted(relative)) return (null, "the path is absolute; paths are relative to the manifest's folder");
        if (relative.Split('/', '\\').Contains("..")) return (null, "the path holds '..'; paths stay below the manifest's folder");
        var full = Path.GetFullPath(Path.Combine(root, relative));
        // Even without '..' a symbolic link may lead out: both sides are compared with all their links followed.
        return IsInside(Real(Path.GetFullPath(root)), Real(full)) ? (full, null)
            : (null, "the path leads out of the manifest's folder through a symbolic link");
    }

    /// <summary>Whether a path lies below a folder; <c>/root-x</c> does not lie below <c>/root</c>.</summary>
    internal static bool IsInside(string root, string path) =>
        path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every symbolic link in it followed.</summary>
    private static string Real(string path)
    {
        // Each link followed may bring new ones; forty is the kernel's own bound on a loop.
        for (var round = 0; round < 40; round++)
        {
            if (FollowFirstLink(path) is not { } next) return path;
            path = next;
        }

        return "";
    }

    private static string? FollowFirstLink(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var walked = Path.DirectorySeparatorChar.ToString();
        for (var i = 0; i < parts.Length; i++)
        {
            var step = Path.Combine(walked, parts[i]);
            if (new FileInfo(step).LinkTarget is { } target)
            {
                return Path.GetFullPath(Path.Combine([walked, target, .. parts[(i + 1)..]]));
            }

            walked = step;
        }

        return null;
    }
}
