namespace ForensicHeads.Cli.Tests;

/// <summary>Face models and photos that lie beside the repository and are never part of it.</summary>
internal static class SharedData
{
    public static string Models => At("models");

    /// <summary>A path below <c>../shared</c>; skips the test where it is not there.</summary>
    public static string At(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "ForensicHeads.sln"))) continue;
            var path = Path.Combine(folder.Parent!.FullName, "shared", relative);
            if (Path.Exists(path)) return path;
            break;
        }

        Assert.Skip($"needs ../shared/{relative} beside the repository");
        return "";
    }
}
