namespace ForensicHeads.Foundation.Files;

/// <summary>A path that a person chose, as the folder it lies in and its name there.</summary>
/// <param name="Folder">Full path of the folder.</param>
/// <param name="Name">The last part.</param>
public readonly record struct ChosenPath(string Folder, string Name)
{
    /// <summary>Takes a path apart.</summary>
    /// <exception cref="UserErrorException">It has no name: the root of a disk.</exception>
    public static ChosenPath Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return new(Path.GetDirectoryName(full)
            ?? throw new UserErrorException($"'{path}' is no place for a file. Choose another.", exitCode: 2), Path.GetFileName(full));
    }

    /// <summary>Takes the path of a folder apart; a link that somebody chose stands for the folder that it leads to.</summary>
    /// <inheritdoc cref="Of"/>
    public static ChosenPath OfFolder(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return FileKinds.Of(full) == FileKind.Link && FileKinds.OfTarget(full) == FileKind.Folder
            ? Of(new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)!.FullName) : Of(full);
    }

    /// <summary>The whole path.</summary>
    public string Full => Path.Combine(Folder, Name);

    /// <summary>A name beside it for what is still being written.</summary>
    public ChosenPath Temporary => this with { Name = AtomicFile.TemporaryName(Name) };
}
