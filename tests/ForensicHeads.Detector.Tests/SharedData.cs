namespace ForensicHeads.Detector.Tests;

/// <summary>Models that lie beside the repository and are never part of it.</summary>
internal static class SharedData
{
    /// <summary>The folder <c>../shared/models</c>; skips the test where it is not there.</summary>
    public static string Models()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "ForensicHeads.sln"))) continue;
            var path = Path.Combine(folder.Parent!.FullName, "shared", "models");
            Assert.SkipUnless(Directory.Exists(path), "needs ../shared/models beside the repository");
            return path;
        }

        Assert.Skip("needs the repository's folder above the test");
        return "";
    }
}
