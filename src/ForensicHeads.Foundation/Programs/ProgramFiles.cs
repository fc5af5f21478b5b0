using System.IO.Enumeration;

namespace ForensicHeads.Foundation.Programs;

/// <summary>The files that a program of others is made of: all of its folder, but for what it says to ignore. What it makes is kept under
/// their hash, so that a changed program makes it again.</summary>
public sealed class ProgramFiles
{
    private const int Most = 20_000;

    // What Python, editors and version control leave beside a program.
    private static readonly string[] NeverPart = ["__pycache__", ".*", "*.pyc"];

    private readonly string folder;
    private readonly IReadOnlyList<string> ignored;
    private readonly (string Name, long Length, long Ticks)[] stamps;

    /// <summary>Looks at the files.</summary>
    /// <param name="folder">The folder, or a file that is alone.</param>
    /// <param name="ignored">Patterns of names or of paths below the folder, with <c>*</c> and <c>?</c>.</param>
    /// <exception cref="UserErrorException">Too many files, or one that cannot be read.</exception>
    public ProgramFiles(string folder, IReadOnlyList<string> ignored)
    {
        (this.folder, this.ignored) = (folder, ignored);
        try
        {
            var files = Files();
            stamps = Stamps(files);
            Sha256 = Hashes.OfText(string.Join('\n', files.Select(file =>
            {
                using var stream = PlainFile.Open(file.FullName);
                return $"{Name(file)} {file.Length} {Hashes.Of(stream)}";
            })));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The files in {folder} cannot be read: {error.Message} Mend it, or name it under \"ignore\".", inner: error);
        }
    }

    /// <summary>SHA-256 over names, sizes and contents.</summary>
    public string Sha256 { get; }

    /// <summary>Fails the job of a program of which a file was added, removed or changed since; looks at sizes and times.</summary>
    /// <param name="made">What it makes: "frames".</param>
    /// <exception cref="JobFailedException">One was.</exception>
    public void CheckUnchanged(string made)
    {
        var now = Stamps(Files());
        var changed = now.Except(stamps).Concat(stamps.Except(now)).Select(one => one.Name).Order(StringComparer.Ordinal).FirstOrDefault();
        if (changed is not null) throw new JobFailedException(
            $"{changed} in its folder changed while it ran, so nobody can say what made the {made}. If the program wrote it, name it under "
            + "\"ignore\"; if you did, run again");
    }

    private FileInfo[] Files()
    {
        var found = new FileSystemEnumerable<FileInfo>(folder, (ref FileSystemEntry entry) => (FileInfo)entry.ToFileSystemInfo(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsPart(entry.ToFullPath()),
            // A link to a folder may lead round in a circle; its name is enough.
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == 0 && IsPart(entry.ToFullPath()),
        }.Take(Most + 1).OrderBy(file => file.FullName, StringComparer.Ordinal).ToArray();
        return found.Length <= Most ? found : throw new UserErrorException(
            $"{folder} holds more than {Most} files, all of which would count as the program. Give it a folder of its own, or name what "
            + "does not belong to it under \"ignore\".", 2);
    }

    private bool IsPart(string path)
    {
        var (name, below) = (Path.GetFileName(path), Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
        return !NeverPart.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            && !ignored.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)
                || FileSystemName.MatchesSimpleExpression(pattern.TrimEnd('/'), below, ignoreCase: false));
    }

    private string Name(FileInfo file) => Path.GetRelativePath(folder, file.FullName);

    private (string Name, long Length, long Ticks)[] Stamps(IEnumerable<FileInfo> files) =>
        [.. files.Select(file => (Name(file), file.Length, file.LastWriteTimeUtc.Ticks))];
}
