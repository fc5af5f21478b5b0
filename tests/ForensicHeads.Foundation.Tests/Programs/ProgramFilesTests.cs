using ForensicHeads.Foundation.Programs;

namespace ForensicHeads.Foundation.Tests.Programs;

public class ProgramFilesTests
{
    [Fact]
    public void The_hash_follows_names_and_contents_but_not_what_is_ignored()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["net"]);
        File.WriteAllText(folder["run.py"], "print(1)");
        File.WriteAllText(folder["net/weights.bin"], "w");
        string Hash(params string[] ignored) => new ProgramFiles(folder.Path, ignored).Sha256;
        var first = Hash();
        Directory.CreateDirectory(folder["__pycache__"]);
        File.WriteAllText(folder["__pycache__/run.pyc"], "x");
        Assert.Equal(first, Hash());
        File.WriteAllText(folder["notes.txt"], "x");
        Assert.NotEqual(first, Hash());
        Assert.Equal(first, Hash("*.txt"));
        File.WriteAllText(folder["net/weights.bin"], "v");
        Assert.NotEqual(first, Hash("*.txt"));
        Assert.Equal(Hash("*.txt", "net"), Hash("*.txt", "net/"));
    }

    [Fact]
    public void Changes_are_seen()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["run.py"], "print(1)");
        var files = new ProgramFiles(folder.Path, []);
        files.CheckUnchanged("frames");
        File.AppendAllText(folder["run.py"], "\n");
        Assert.StartsWith("run.py in its folder changed", Assert.Throws<JobFailedException>(() => files.CheckUnchanged("frames")).Message,
            StringComparison.Ordinal);
        File.Delete(folder["run.py"]);
        Assert.Throws<JobFailedException>(() => files.CheckUnchanged("frames"));
    }

    [Fact]
    public void A_link_in_a_circle_is_not_followed()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["run.py"], "print(1)");
        Directory.CreateSymbolicLink(folder["round"], folder.Path);
        Assert.Equal(64, new ProgramFiles(folder.Path, []).Sha256.Length);
    }
}
