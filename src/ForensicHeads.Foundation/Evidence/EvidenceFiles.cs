using System.Text.Json;

namespace ForensicHeads.Foundation.Evidence;

/// <summary>The files of a folder under an evidence log, and how a list of them is compared with what is there.</summary>
internal static class EvidenceFiles
{
    private const string Gone = "is gone";

    /// <summary>Every plain file below the folder but the log itself, by name.</summary>
    public static IReadOnlyList<EvidenceFile> Of(string folder, CancellationToken cancellation = default)
    {
        var root = Path.GetFullPath(folder);
        return [.. EvidenceEntry.Of(root).Where(entry => entry.Odd is null).Select(entry => Measure(root, entry.Name, cancellation))];
    }

    /// <summary>What differs between a list and the folder, by name. What is no plain file (a link, a pipe, an empty folder) counts as
    /// added.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="list">A closing line.</param>
    /// <param name="cancellation">Stops the hashing.</param>
    /// <returns>The differences, the number of files listed, and the caches that are gone as a whole.</returns>
    public static (IReadOnlyList<EvidenceFault> Faults, int Count, IReadOnlyList<string> RemovedCaches) Compare(string folder,
        EvidenceLine list, CancellationToken cancellation = default)
    {
        var (files, caches) = Parse(list);
        var root = Path.GetFullPath(folder);
        var entries = EvidenceEntry.Of(root);
        var removed = caches.Where(cache => FileKinds.Of(Path.Combine(root, cache)) == FileKind.Missing).ToArray();
        var there = entries.Where(entry => entry.Odd is null).Select(entry => Measure(root, entry.Name, cancellation))
            .ToDictionary(file => file.Path, StringComparer.Ordinal);
        var listed = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var added = there.Values.Where(file => !listed.Contains(file.Path)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var faults = new List<EvidenceFault>();
        foreach (var file in files)
        {
            if (there.TryGetValue(file.Path, out var now))
            {
                if (now.Sha256 != file.Sha256) faults.Add(new(file.Path, EvidenceFaultKind.Changed,
                    $"{file.Path} was changed: its SHA-256 starts {now.Sha256[..12]}, {file.Sha256[..12]} is noted"));
            }
            else if (!removed.Any(cache => file.Path.StartsWith(cache + "/", StringComparison.Ordinal)))
            {
                faults.Add(Missing(file, added));
            }
        }

        faults.AddRange(added.Select(file => new EvidenceFault(file.Path, EvidenceFaultKind.Added, $"{file.Path} was added")));
        faults.AddRange(entries.Where(entry => entry.Odd is not null && !entry.IsEmptied(listed))
            .Select(entry => new EvidenceFault(entry.Name, EvidenceFaultKind.Added, $"{entry.Name} was added: {entry.Odd}")));
        return ([.. faults.OrderBy(fault => fault.Where, StringComparer.Ordinal)], files.Count, removed);
    }

    /// <summary>The files that a closing line lists.</summary>
    /// <exception cref="UserErrorException">It has another form.</exception>
    public static IReadOnlyList<EvidenceFile> Listed(EvidenceLine list) => Parse(list).Files;

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
            var files = list.Facts.GetProperty("files").Deserialize<EvidenceFile[]>(CanonicalJson.Foreign)!;
            var caches = list.Facts.GetProperty("caches").Deserialize<string[]>(CanonicalJson.Foreign)!;
            if (files is null || files.Any(file => file?.Path is null || file.Sha256?.Length != 64))
                throw new JsonException(
                    "a file has no name or no SHA-256");
            if (caches is null || caches.Any(cache => cache is null || cache.Split('/').Any(part => part is "" or "." or "..")))
                throw new JsonException(
                    "a cache is no folder of it");
            return (files, caches);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserErrorException(
                $"{EvidenceLog.Name} lists its files in a form that this build does not know: "
                + $"{error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Use the build that wrote it.", inner: error);
        }
    }

    private static EvidenceFile Measure(string root, string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return PlainFile.Reading(Path.Combine(root, name), () =>
        {
            using var stream = PlainFile.Open(root, name);
            return new EvidenceFile(name, stream.Length, Hashes.Of(stream));
        }, "Check the disk and the permissions.");
    }
}

/// <summary>One thing that is not as an evidence log says.</summary>
/// <param name="Where">The file, below the folder with forward slashes; for the log itself <c>log.jsonl line N</c>.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Sentence">The same in words, without a full stop.</param>
public sealed record EvidenceFault(string Where, EvidenceFaultKind Kind, string Sentence);

/// <summary>A file as the closing line of an evidence log lists it.</summary>
/// <param name="Path">Below the folder, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
public sealed record EvidenceFile(string Path, long Bytes, string Sha256);

/// <summary>What became of a file or of a line of an evidence log.</summary>
public enum EvidenceFaultKind
{
    /// <summary>It is there, with other bytes.</summary>
    Changed,

    /// <summary>It is no longer there.</summary>
    Removed,

    /// <summary>It is there, but was not.</summary>
    Added,

    /// <summary>Its bytes are there under another name, or the line in another place.</summary>
    Moved,

    /// <summary>The log does not end with the list of files: the run did not come to its end, or the last lines were removed.</summary>
    Unfinished,

    /// <summary>The hash of the last line is not the one noted elsewhere.</summary>
    OtherHead,
}

/// <summary>One entry of a folder under an evidence log.</summary>
/// <param name="Name">Below the folder, with forward slashes.</param>
/// <param name="Odd">What it is instead of a plain file, in words; null for a plain file.</param>
internal sealed record EvidenceEntry(string Name, string? Odd)
{
    private const string Empty = "an empty folder";

    /// <summary>Whether it is a folder whose listed files are gone, each of which is named by itself.</summary>
    public bool IsEmptied(IEnumerable<string> listed) =>
        Odd == Empty && listed.Any(file => file.StartsWith(Name + "/", StringComparison.Ordinal));

    /// <summary>Everything below a folder but the log itself and folders with something in them, by name.</summary>
    public static IReadOnlyList<EvidenceEntry> Of(string folder)
    {
        var all = FolderEntry.Below(folder);
        var full = all.Select(entry => Path.GetDirectoryName(entry.Name)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. all.Where(entry => !(entry is { Name: EvidenceLog.Name, Kind: FileKind.Plain })
            && !(entry.Kind == FileKind.Folder && full.Contains(entry.Name)))
                .Select(entry => new EvidenceEntry(entry.Name, entry.Kind switch
                {
                    FileKind.Plain => null,
                    FileKind.Folder => Empty,
                    FileKind.Link => "a link",
                    FileKind.Special => "a pipe, socket or device",
                    _ => "a name that cannot be read",
                })),
        ];
    }
}
