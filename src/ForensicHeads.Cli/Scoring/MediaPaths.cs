namespace ForensicHeads.Cli.Scoring;

/// <summary>The files that paths stand for.</summary>
internal static class MediaPaths
{
    /// <summary>Files as given, and of folders the pictures and videos at any depth, in ordinal order.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="warn">Takes a line for each reason for which files of a folder are left out.</param>
    /// <exception cref="UserErrorException">A path is not there, or a folder holds no such file.</exception>
    public static (IReadOnlyList<string> Files, IReadOnlyList<LeftOutFile> LeftOut) Expand(IEnumerable<string> paths, Action<string> warn)
    {
        var (files, leftOut) = (new List<string>(), new List<LeftOutFile>());
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

            var inside = MediaFolder.Of(path);
            foreach (var line in LeftOutFile.Lines(path, inside.LeftOut)) warn(line);
            if (inside.Files.Count == 0) throw new UserErrorException(
                $"{path} holds no picture or video. Name another folder, or the files themselves.");
            files.AddRange(inside.Files);
            leftOut.AddRange(inside.LeftOut.Select(file => file with { File = Path.Combine(path, file.File) }));
        }

        return (files, leftOut);
    }
}
