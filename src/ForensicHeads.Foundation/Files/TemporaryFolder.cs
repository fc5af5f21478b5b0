namespace ForensicHeads.Foundation.Files;

/// <summary>A folder among the system's temporary ones, gone with all in it when disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("forensicheads-");

    /// <summary>Full path.</summary>
    public string Path => folder.FullName;

    /// <summary>Path of a file in it.</summary>
    public string this[string name] => FolderPath.Of(Path, name);

    /// <inheritdoc/>
    public void Dispose() => OwnFiles.TryDelete(folder.Parent!.FullName, folder.Name);
}
