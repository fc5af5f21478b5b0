using System.Runtime.InteropServices;
using System.Text;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>A scratch tree in which a stranger's folder lies beside things of the user's own, the canaries: nothing that a command does may
/// change, remove or copy them.</summary>
internal sealed partial class Arena : IDisposable
{
    // In every canary, so that a copy is found wherever it lies.
    private const string Token = "canary-7c1f0a9b";

    private readonly TestCli cli = new();

    public Arena()
    {
        foreach (var folder in new[] { "home/work", "home/person/common", "home/person/updates", "home/person/epochs", "home/person/spare",
            "home/figures", "home/shards", "in", "out" }) Directory.CreateDirectory(this[folder]);
        foreach (var file in new[] { "thesis.txt", "work/thesis.txt", "person/common/thesis.txt", "person/updates/thesis.txt",
            "person/spare/thesis.txt", "figures/thesis.txt", "shards/000000.tar" })
            File.WriteAllText(this["home/" + file], $"{Token} {file}\n");
        // What a reader of JSON, of tables and of logs would take for its own.
        File.WriteAllText(this["home/private.json"], $"{{\"{Token}\": \"p70000\", \"title\": \"{Token}\"}}\n");
        File.WriteAllText(this["home/private.csv"], $"identity,{Token}\np70000,1\n");
        File.WriteAllText(this["home/log.txt"], $"{{\"{Token}\": 1}}\n");
        Before = Canaries();
    }

    /// <summary>Everything of the user's own, as it was.</summary>
    public SortedDictionary<string, string> Before { get; private set; }

    public TestCli Cli => cli;

    public string this[string name] => cli[name];

    /// <summary>Takes what lies in <c>home</c> now for the user's own.</summary>
    public void Settle() => Before = Canaries();

    /// <summary>What a command did to the canaries; null for nothing.</summary>
    public string? Harm()
    {
        var now = Canaries();
        if (Before.FirstOrDefault(one => now.GetValueOrDefault(one.Key) != one.Value)
            is { Key: not null } lost) return $"{lost.Key} was {(now.ContainsKey(lost.Key) ? "changed" : "removed")}";
        if (now.Keys.FirstOrDefault(name => !Before.ContainsKey(name)) is { } added) return $"{added} was added";
        var copy = Plain(cli.Folder).FirstOrDefault(file => !file.StartsWith(this["home"], StringComparison.Ordinal) && Holds(file));
        return copy is null ? null : $"{Path.GetRelativePath(cli.Folder, copy)} holds a canary's words";
    }

    public static void MakeFifo(string path)
    {
        if (Mkfifo(path, 0x1B6) != 0) throw new IOException($"no pipe could be made at {path}");
    }

    /// <summary>Copies a folder of plain files.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void Dispose() => cli.Dispose();

    private SortedDictionary<string, string> Canaries()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in new DirectoryInfo(this["home"])
            .EnumerateFileSystemInfos("*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            found[Path.GetRelativePath(this["home"], entry.FullName)] = entry is FileInfo file
                ? $"{Hashes.Of(File.ReadAllBytes(file.FullName))} {file.LastWriteTimeUtc:O}" : "folder";
        return found;
    }

    private static IEnumerable<string> Plain(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null) continue;
            if (entry is DirectoryInfo) foreach (var file in Plain(entry.FullName)) yield return file;
            // A pipe has no length.
            else if (entry is FileInfo { Length: > 0 }) yield return entry.FullName;
        }
    }

    private static bool Holds(string file) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Token)) >= 0;

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mkfifo(string path, uint mode);
}
