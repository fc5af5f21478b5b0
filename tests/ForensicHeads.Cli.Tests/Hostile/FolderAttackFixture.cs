using ForensicHeads.Fuzz;
using System.Text.Json.Nodes;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>Small good stores, a detector, a report, weights and a head, which attacks are made from.</summary>
public sealed class FolderAttackFixture : IAsyncLifetime
{
    internal TestCli Cli { get; } = new();

    /// <summary>A tiny experiment on a store; asks for more people than there are where it must end before frames are made.</summary>
    internal string Experiment(int train) => $$"""
        {
          "name": "tiny", "store": "{store}",
          "generator": { "weights": "{{Cli["tiny.safetensors"]}}", "autoencoder": "{{Cli["autoencoder.safetensors"]}}" },
          "quality": { "judge": null, "landmarks": null }, "generators": ["few-shot"],
          "roles": { "train": {{train}}, "validation": 2, "calibration": 1, "test": 3 },
          "shots": [1], "driver_frames": 2, "adapt": { "updates": 1, "batch": 1 }, "conditions": ["clean"], "ladder": [], "unaware": false,
          "detector": { "trees": 5, "rows_per_leaf": 2 }, "permutations": 200, "near_duplicates": "report"
        }
        """;

    public async ValueTask InitializeAsync()
    {
        await Cli.Succeed("procedural", "--identities", "9", "--videos", "2", "--frames", "4", "--size", "32", "--out", Cli["people"]);
        using (var weights = new GeneratorWeights(TinyPreset.Value,
            1)
        { MeanEmbedding = [.. Enumerable.Range(0, TinyPreset.Value.Embedding).Select(i => i / 4f)] }) weights.Save(
                Cli["tiny.safetensors"], new Dictionary<string, string>());
        using (var autoEncoder = new FrameAutoEncoder(TinyPreset.Value, 1)) autoEncoder.Save(
            Cli["autoencoder.safetensors"], new Dictionary<string, string>());
        await Cli
            .Succeed("adapt", "--weights", Cli["tiny.safetensors"], "--shots-from", Cli["people"] + ":p70000-v0", "--shots", "1", "--out",
            Cli["head.safetensors"]);
        await Cli
            .Succeed("datasets", "split", Cli["people"], "--generator", "0", "--train", "0.5", "--validation", "0", "--calibration", "0",
            "--test", "0.5", "--out", Cli["split.json"]);
        SmallDetector.Save(Cli["detector"]);
        var people = FrameStore.Open(Cli["people"]);
        using (var writer = StoreWriter.Create(Cli["fakes"], people.Info with { Name = "fakes" }))
        {
            foreach (var frame in people.Frames) writer.Add(frame with { Origin = FrameOrigin.MadeBy("blur") },
                ImageResize.Area(ImageResize.Area(people.ReadImage(frame), 16, 16), 32, 32));
            writer.Complete();
        }

        File.WriteAllBytes(Cli["photo.png"], people.ReadPng(people.Frames[0]));
        Report(Cli["report"]);
    }

    public ValueTask DisposeAsync()
    {
        Cli.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The demo's committed report without its pages and pictures, under a log of its own.</summary>
    private static void Report(string folder)
    {
        var demo = Repository.At("reports/00001-demo");
        using var log = EvidenceLog.Open(folder, TimeProvider.System, "results.json", "work");
        Directory.CreateDirectory(Path.Combine(folder, "figures"));
        Directory.CreateDirectory(Path.Combine(folder, "work"));
        foreach (var file in new[] { "results.json", "report.json", "scores.parquet", "experiment.json", "quality.csv" }) File.Copy(
            Path.Combine(demo, file), Path.Combine(folder, file));
        // Of every list a few rows: drawing all figures takes longer than an attack.
        HostileStore.EditJson(Path.Combine(folder, "results.json"), results =>
        {
            var headline = results["headline"]!["condition"]!.GetValue<string>();
            foreach (var (name, value) in results)
            {
                if (value is not JsonArray list) continue;
                if (name == "accuracy_per_shot") list.RemoveAll(row => row!["condition"]!.GetValue<string>() != headline);
                else while (list.Count > 4) list.RemoveAt(list.Count - 1);
            }
        });
        HostileStore.EditJson(Path.Combine(folder, "report.json"), manifest =>
        {
            manifest["grids"] = new JsonArray();
            manifest["tables"] = new JsonArray("roc");
        });
        File.Copy(Path.Combine(demo, "figures", "roc.h264-crf28.csv"), Path.Combine(folder, "figures", "roc.csv"));
        File.WriteAllText(Path.Combine(folder, "work", "step.cached"), "kept");
        log.Append("input", new { store = "people", content_sha256 = new string('0', 64) });
        log.Close();
    }
}
