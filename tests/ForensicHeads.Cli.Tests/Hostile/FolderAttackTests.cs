using System.Diagnostics;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Each way in which a folder from others attacks, against each command that takes such a folder: nothing outside is read, changed
/// or copied, and nothing hangs.</summary>
public sealed class FolderAttackTests(FolderAttackFixture made) : IClassFixture<FolderAttackFixture>, IDisposable
{
    // Whoever shares the machine may make us wait; a pipe would make us wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] PathsAsNames =
        ["@home/person", "../../../home/person", "..", "a\u001b[2Jb", "a\nb is as it was written", "a\\..\\b"];

    private static readonly string[] StoreFiles =
        ["store.json", "index.parquet", "rejected.jsonl", "attributes.json", "consent.json", "shards/000000.tar", "shards"];

    private static readonly string[] ReportFiles =
        ["results.json", "report.json", "scores.parquet", "log.jsonl", "quality.csv", "figures/roc.csv", "figures", "work"];

    private static readonly string[] DetectorFiles = ["detector.json", "model.zip", "cnn.onnx"];

    private readonly Arena arena = new();

    public static TheoryData<string> Stores => [.. FolderCommands.OnStores.Keys];

    public static TheoryData<string> Reports => [.. FolderCommands.OnReports.Keys];

    public static TheoryData<string> Detectors => [.. FolderCommands.OnDetectors.Keys];

    public void Dispose() => arena.Dispose();

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_store_whose_people_have_paths_for_names_is_refused(string command)
    {
        var people = FrameStore.Open(made.Cli["people"]);
        foreach (var name in PathsAsNames)
        {
            Directory.Delete(arena["in"], recursive: true);
            HostileStore.Rename(people, "p70008", name == "@home/person" ? arena["home/person"] : name, arena["in"]);
            var result = await Run(FolderCommands.OnStores[command]);
            if (name == "..") continue;
            // Whoever searches goes past what cannot be read.
            if (command == "datasets revoke") Assert.Contains("cannot be read and was passed over", result.Error, StringComparison.Ordinal);
            else Assert.Equal(1, result.Code);
            Assert.Contains("identity", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', result.Error + result.Output);
            Assert.DoesNotContain("\nb is as it was written", result.Error + result.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Links_and_pipes_in_a_store_lead_nowhere(string command) =>
        await Planted(made.Cli["people"], StoreFiles, FolderCommands.OnStores[command]);

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Links_and_pipes_in_a_report_lead_nowhere(string command) =>
        await Planted(made.Cli["report"], ReportFiles, FolderCommands.OnReports[command]);

    [Theory]
    [MemberData(nameof(Detectors))]
    public async Task Links_and_pipes_in_a_detector_lead_nowhere(string command) =>
        await Planted(made.Cli["detector"], DetectorFiles, FolderCommands.OnDetectors[command]);

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Names_that_a_report_gives_its_tables_lead_nowhere(string command)
    {
        foreach (var name in new[] { "roc.a/../../../home/figures/stolen", arena["home/figures/stolen"], "roc.\u001b[2J", "roc.a/b" })
        {
            Fresh(made.Cli["report"]);
            File.Copy(arena["in/figures/roc.csv"], arena["in/figures/stolen.csv"], overwrite: true);
            HostileStore.EditJson(arena["in/report.json"], report => report["tables"] = new System.Text.Json.Nodes.JsonArray(name));
            HostileStore.EditJson(arena["in/results.json"], results => results["conditions"]!.AsArray().Add(name));
            var result = await Run(FolderCommands.OnReports[command]);
            if (command == "report") Assert.Contains("is no plain name", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', result.Error + result.Output);
        }
    }

    // A link to a file of the user's, to their folder, to one without end; a pipe.
    private async Task Planted(string good, IReadOnlyList<string> files, Func<FolderAttackFixture, Arena, string[]> command)
    {
        foreach (var file in files)
        {
            foreach (var kind in new[] { "link", "endless", "pipe" })
            {
                Fresh(good);
                var at = arena["in/" + file];
                var isFolder = Directory.Exists(at);
                if (isFolder) Directory.Delete(at, recursive: true);
                else File.Delete(at);
                var target = Path.GetExtension(file) switch
                {
                    "" => arena["home/" + file],
                    ".csv" => arena["home/private.csv"],
                    ".jsonl" =>
                    arena["home/log.txt"],
                    ".json" => arena["home/private.json"],
                    _ => arena["home/thesis.txt"]
                };
                if (kind == "pipe") Arena.MakeFifo(at);
                else File.CreateSymbolicLink(at, kind == "link" ? target : "/dev/zero");
                await Run(command);
            }
        }
    }

    private void Fresh(string good)
    {
        foreach (var folder in new[] { "in", "out" })
        {
            if (Directory.Exists(arena[folder])) Directory.Delete(arena[folder], recursive: true);
        }

        Directory.CreateDirectory(arena["out"]);
        Arena.Copy(good, arena["in"]);
    }

    private async Task<CliResult> Run(Func<FolderAttackFixture, Arena, string[]> command)
    {
        var args = command(made, arena);
        using var network = new NetworkWatch();
        var watch = Stopwatch.StartNew();
        var run = arena.Cli.Run(args);
        Assert.True(await Task.WhenAny(run, Task.Delay(Patience, TestContext.Current.CancellationToken)) == run,
            $"{string.Join(' ', args)} hangs after {watch.Elapsed.TotalSeconds:0} s");
        var result = await run;
        Assert.True(result.Code is 0 or 1 or 2 or 3, $"exit code {result.Code}: {result.Error}");
        Assert.DoesNotContain("This is a defect", result.Error, StringComparison.Ordinal);
        Assert.True(arena.Harm() is null, $"{string.Join(' ', args)}: {arena.Harm()}\n{result.Error}");
        Assert.Empty(network.Seen);
        return result;
    }
}
