using System.Text.Json;

namespace ForensicHeads.Foundation;

/// <summary>The files of a folder under an evidence log, and how a list of them is compared with what is there.</summary>
internal static class EvidenceFiles
{
    private const string Gone = "is gone";

    /// <summary>Every file below the folder but the log itself, by name; links are not followed and not listed.</summary>
    public static IReadOnlyList<EvidenceFile> Of(string folder, CancellationToken cancellation = default)
    {
        var root = Path.GetFullPath(folder);
        var walk = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        var names = Directory.EnumerateFiles(root, "*", walk).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Where(name => name != EvidenceLog.Name);
        return [.. names.Order(StringComparer.Ordinal).Select(name => Measure(root, name, cancellation))];
    }

    /// <summary>What differs between a list and the folder, by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="list">A closing line.</param>
    /// <param name="cancellation">Stops the hashing.</param>
    /// <returns>The differences, the number of files listed, and the caches that are gone as a whole.</returns>
    public static (IReadOnlyList<EvidenceFault> Faults, int Count, IReadOnlyList<string> RemovedCaches) Compare(string folder, EvidenceLine list, CancellationToken cancellation = default)
    {
        var (files, caches) = Parse(list);
        var removed = caches.Where(cache => !Directory.Exists(Path.Combine(folder, cache))).ToArray();
        var there = Of(folder, cancellation).ToDictionary(file => file.Path, StringComparer.Ordinal);
        var listed = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var added = there.Values.Where(file => !listed.Contains(file.Path)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var faults = new List<EvidenceFault>();
        foreach (var file in files)
        {
            if (there.TryGetValue(file.Path, out var now))
            {
                if (now.Sha256 != file.Sha256) faults.Add(new(file.Path, EvidenceFaultKind.Changed, $"{file.Path} was changed: its SHA-256 starts {now.Sha256[..12]}, {file.Sha256[..12]} is noted"));
            }
            else if (!removed.Any(cache => file.Path.StartsWith(cache + "/", StringComparison.Ordinal)))
            {
                faults.Add(Missing(file, added));
            }
        }

        faults.AddRange(added.Select(file => new EvidenceFault(file.Path, EvidenceFaultKind.Added, $"{file.Path} was added")));
        return ([.. faults.OrderBy(fault => fault.Where, StringComparer.Ordinal)], files.Count, removed);
    }

    private static EvidenceFault Missing(EvidenceFile file, List<EvidenceFile> added)
    {
        var moved = added.Find(other => other.Sha256 == file.Sha256);
        if (moved is null) return new(file.Path, EvidenceFaultKind.Removed, $"{file.Path} {Gone}");
        added.Remove(moved);
        return new(file.Path, EvidenceFaultKind.Moved, $"{file.Path} {Gone}, but its content lies in {moved.Path}");
    }

    private static (IReadOnlyList<EvidenceFile> Files, IReadOnlyList<string> Caches) Parse(EvidenceLine list)
    {
        try
        {
            return (list.Facts.GetProperty("files").Deserialize<EvidenceFile[]>(CanonicalJson.Foreign)!, list.Facts.GetProperty("caches").Deserialize<string[]>(CanonicalJson.Foreign)!);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserErrorException($"{EvidenceLog.Name} lists its files in a form that this build does not know: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Use the build that wrote it.", inner: error);
        }
    }

    private static EvidenceFile Measure(string root, string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = Path.Combine(root, name);
        try
        {
            return new EvidenceFile(name, new FileInfo(path).Length, Hashes.OfFile(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read {path}: {error.Message.TrimEnd('.')}. Check the disk and the permissions.", inner: error);
        }
    }
}
