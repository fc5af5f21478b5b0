namespace ForensicHeads.Testing;

/// <summary>The repository that the tests were built in, and what may lie beside it.</summary>
public static class Repository
{
    /// <summary>Full path of the repository.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path of the repository.</summary>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ForensicHeads.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"ForensicHeads.sln is in none of the folders above {AppContext.BaseDirectory}.");
    }
}
