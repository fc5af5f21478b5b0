namespace ForensicHeads.Cli.Scoring;

/// <summary>The files that paths stand for.</summary>
internal static class MediaPaths
{
    private static readonly HashSet<string> Endings = new(
        [".mp4", ".mov", ".m4v", ".mpg", ".mpeg", ".avi", ".mkv", ".webm", ".gif", ".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif",
            ".tiff", ".pgm", ".ppm"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Files as given, and of folders, at any depth, the files that are named like pictures or videos, in ordinal order.</summary>
    /// <exception cref="UserErrorException">A path is not there, or a folder holds no such file.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                // A name that is not in UTF-8 reaches nobody as it is; its line says so.
                if (FileKinds.OfTarget(path) == FileKind.Missing && !path.Contains('\uFFFD', StringComparison.Ordinal))
                    throw new UserErrorException($"There is no file or folder {path}. Check the path.", exitCode: 2);
                files.Add(path);
                continue;
            }

            var walk = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint
            };
            var inside = Directory.EnumerateFiles(path, "*", walk).Where(file => Endings.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal).ToArray();
            if (inside.Length == 0) throw new UserErrorException(
                $"{path} holds no file that is named like a picture or video "
                + $"({string.Join(' ', Endings.Order(StringComparer.Ordinal))}). Name the files themselves.");
            files.AddRange(inside);
        }

        return files;
    }
}
