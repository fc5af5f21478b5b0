namespace ForensicHeads.Testing;

/// <summary>Models, clips and photos that lie beside the repository and are never part of it.</summary>
public static class SharedData
{
    /// <summary>The folder of the models; skips the test where it is not there.</summary>
    public static string Models => At("models");

    /// <summary>A path below <c>../shared</c>; skips the test where it is not there.</summary>
    public static string At(string relative)
    {
        var path = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", relative);
        Assert.SkipUnless(Path.Exists(path), $"needs ../shared/{relative} beside the repository");
        return path;
    }
}
