using System.Text.Json;
using ForensicHeads.Datasets;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments.Tests;

public sealed class ExperimentRunnerTests(TinyExperiment tiny) : IClassFixture<TinyExperiment>
{
    // The files that may differ from run to run, and the cache.
    private static readonly string[] Volatile = ["environment.json", "timings.json", "log.jsonl"];

    [Fact]
    public async Task A_whole_experiment_gives_its_results_again_bit_for_bit_and_from_its_cache()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(tiny["first/report.html"], await tiny.RunAsync("first", cancellation));
        HoldsEverything(JsonDocument.Parse(File.ReadAllText(tiny["first/results.json"])).RootElement);
        var first = Outputs("first");
        Assert.Contains("scores.parquet", first.Keys);
        NamesItsMakers(tiny["first/work/all/frames"]);
        Assert.DoesNotContain(tiny["first"], File.ReadAllText(tiny["first/report.html"]), StringComparison.Ordinal);

        await tiny.RunAsync("second", cancellation);
        Assert.Equal(first, Outputs("second"));

        // Whatever is made again gets a new time of writing.
        var longAgo = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        var cached = Directory.EnumerateFiles(tiny["first/work"], "*", SearchOption.AllDirectories).ToArray();
        Assert.Contains(cached, file => Path.GetFileName(file) == "features-clean.safetensors");
        foreach (var file in cached) File.SetLastWriteTimeUtc(file, longAgo);
        await tiny.RunAsync("first", cancellation);
        Assert.Equal(first, Outputs("first"));
        Assert.Equal(cached.Order(StringComparer.Ordinal), Directory.EnumerateFiles(tiny["first/work"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.All(cached, file => Assert.Equal(longAgo, File.GetLastWriteTimeUtc(file)));
    }

    private static void HoldsEverything(JsonElement results)
    {
        string[] Names(string list, string field) => [.. results.GetProperty(list).EnumerateArray().Select(row => row.GetProperty(field).ToString()).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["passthrough", "reconstruct", "t0", "t_all"], Names("anchors", "name"));
        Assert.Equal(["ff", "ft"], Names("accuracy_per_shot", "mode"));
        Assert.Equal(["1", "2"], Names("accuracy_per_shot", "shots"));
        Assert.Equal(["clean"], Names("accuracy_per_shot", "condition"));
        Assert.Equal(["affine-warp", "ff", "ft", "nearest-shot"], Names("generation", "mode"));
        foreach (var control in new[] { "label_shuffle", "metadata_only", "passthrough", "background_only" }) Assert.Equal(JsonValueKind.Object, results.GetProperty("controls").GetProperty(control).ValueKind);
        Assert.Equal("clean", results.GetProperty("headline").GetProperty("condition").GetString());
        Assert.NotEmpty(results.GetProperty("headline").GetProperty("statement").GetString()!);
        Assert.Equal(3, results.GetProperty("split").GetProperty("test").GetInt32());
        Assert.Equal(["all"], Names("validation", "fold"));
        Assert.Equal(["clean"], Names("importance", "condition"));
        Assert.Equal("clean", results.GetProperty("controls").GetProperty("background_only").GetProperty("condition").GetString());
        Assert.Equal(JsonValueKind.Object, results.GetProperty("embedding_swap").ValueKind);
        // Three people, three driver frames, two shot counts, two modes; anchors and baselines do not count.
        Assert.Equal(36, results.GetProperty("counts").GetProperty("n_generated_frames").GetInt32());
        Assert.Equal(3, results.GetProperty("counts").GetProperty("n_videos").GetInt32());
        // The passed-through frame is the true one: any other AUC than one half is a leak.
        Assert.Equal(0.5, results.GetProperty("controls").GetProperty("passthrough").GetProperty("auc").GetDouble());
    }

    // Every made frame names its weights and the person it shows; a swapped vector shows its owner.
    private static void NamesItsMakers(string folder)
    {
        var frames = Directory.EnumerateDirectories(folder).SelectMany(path => FrameStore.Open(path).Frames).ToArray();
        foreach (var frame in frames.Where(frame => frame.Generator is FakeKind.FewShot or FakeKind.Nobody or FakeKind.AllFrames or FakeKind.Reconstruct or FakeKind.Swapped)) Assert.Equal(64, frame.WeightsSha256!.Length);
        var swapped = frames.Where(frame => frame.Generator == FakeKind.Swapped).ToArray();
        Assert.Equal(9, swapped.Length);
        Assert.All(swapped, frame => Assert.DoesNotContain(frame.Identity, frame.DriverVideo!, StringComparison.Ordinal));
    }

    private SortedDictionary<string, string> Outputs(string name) => new(
        Directory.EnumerateFiles(tiny[name], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(tiny[name], file))
            .Where(file => !Volatile.Contains(file) && !file.StartsWith("work", StringComparison.Ordinal)).ToDictionary(file => file, file => Hashes.OfFile(Path.Combine(tiny[name], file))),
        StringComparer.Ordinal);
}
