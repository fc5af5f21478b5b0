namespace ForensicHeads.Media.Tests;

/// <summary>Models and clips that lie beside the repository and are never part of it.</summary>
internal static class SharedData
{
    private static readonly string? Root = Find();

    public static string Models => Path("models");

    /// <summary>A path below <c>../shared</c>; skips the test where it is not there.</summary>
    public static string Path(string relative)
    {
        var path = Root is null ? null : System.IO.Path.Combine(Root, relative);
        Assert.SkipUnless(path is not null && System.IO.Path.Exists(path), $"needs ../shared/{relative} beside the repository");
        return path!;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ForensicHeads.sln"))) return System.IO.Path.Combine(folder.Parent!.FullName, "shared");
        return null;
    }
}
