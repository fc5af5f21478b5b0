namespace ForensicHeads.Experiments.Tests.Cluster;

public sealed class ExperimentPartTests : IDisposable
{
    // The files that may differ from run to run, and the cache.
    private static readonly string[] Volatile = ["environment.json", "timings.json", "log.jsonl"];

    private readonly TinyExperiment tiny = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => tiny.Dispose();

    [Fact]
    public async Task Heads_made_in_parts_give_the_experiment_of_one_machine()
    {
        await tiny.RunAsync("one", Cancellation);
        foreach (var i in new[] { 1, 2 }) await Runner($"part{i}").MakePartAsync(new WorkPart(i, 2), null, Cancellation);
        var people = new[] { 1, 2 }.Select(i => Heads($"part{i}")).ToArray();
        Assert.Equal([5, 4], people.Select(part => part.Length));
        Assert.Equal(Heads("one"), people.SelectMany(part => part).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(tiny["part1/report.html"]));

        await Runner("whole", "part1", "part2").RunAsync(null, Cancellation);
        Assert.Equal(Outputs("one"), Outputs("whole"));
        // The heads are those of the parts: their files have not been made again.
        Assert.Equal(Stores("part1").Concat(Stores("part2")).Order(), Stores("whole").Order());

        // A part that is missing, or of another experiment, is made here.
        await Runner("gap", null, "part2").RunAsync(null, Cancellation);
        Assert.Equal(Outputs("one"), Outputs("gap"));
    }

    private ExperimentRunner Runner(string name, params string?[] parts) =>
        new(tiny.Config, tiny[name], "forensicheads experiment run tiny.json", TimeProvider.System)
        {
            Finished = [.. parts.Select(part => part is null ? null : tiny[part])],
        };

    private string Frames(string name) => Path.Combine(tiny[name], "work", "all", "frames");

    private string[] Heads(string name) => [.. Directory.GetDirectories(Frames(name)).Select(Path.GetFileName)
        .OfType<string>().Order(StringComparer.Ordinal)];

    private IEnumerable<(string, string)> Stores(string name) =>
        Directory.EnumerateFiles(Frames(name), "store.json", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(tiny[$"{name}/work"], file), Hashes.OfFile(file)));

    private SortedDictionary<string, string> Outputs(string name) => new(
        Directory.EnumerateFiles(tiny[name], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(tiny[name], file))
            .Where(file => !Volatile.Contains(file) && !file.StartsWith("work", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Hashes.OfFile(Path.Combine(tiny[name], file))),
        StringComparer.Ordinal);
}
