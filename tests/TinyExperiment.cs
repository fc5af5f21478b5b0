namespace ForensicHeads.Experiments.Tests;

/// <summary>A folder with fresh weights and an experiment of nine rendered people on them.</summary>
public sealed class TinyExperiment : IDisposable
{
    private readonly TestFolder folder = new();

    public TinyExperiment()
    {
        foreach (var (name, seed, step) in new[] { ("weights", 1, 4f), ("others", 2, 5f) })
        {
            float[] mean = [.. Enumerable.Range(0, SmallNetworks.Of64.Embedding).Select(i => i / step)];
            using var weights = new GeneratorWeights(SmallNetworks.Of64, seed) { MeanEmbedding = mean };
            weights.Save(this[$"{name}.safetensors"], new Dictionary<string, string>());
        }

        using (var autoEncoder = new FrameAutoEncoder(SmallNetworks.Of64, 1))
            autoEncoder.Save(this["autoencoder.safetensors"], new Dictionary<string, string>());
        using (var judge = new FaceIdentity(IdentityDesign.Judge, 1)) judge.Save(
            this["judge.safetensors"], new Dictionary<string, string>());
        using (var finder = new LandmarkFinder(1)) finder.Save(this["landmarks.safetensors"], new Dictionary<string, string>());
        File.WriteAllText(this["tiny.json"], $$"""
            {
              "name": "tiny",
              "procedural": { "identities": 9, "first_identity": 500, "videos": 2, "frames": 6, "stride": 4, "seed": 1 },
              "generator": { "weights": "{{this["weights.safetensors"]}}", "autoencoder": "{{this["autoencoder.safetensors"]}}" },
              "quality": { "judge": "{{this["judge.safetensors"]}}", "landmarks": "{{this["landmarks.safetensors"]}}" },
              "roles": { "train": 3, "validation": 2, "calibration": 1, "test": 3 },
              "shots": [1, 2],
              "driver_frames": 3,
              "adapt": { "updates": 2, "batch": 2 },
              "conditions": ["clean"],
              "ladder": ["jpeg-50", "noise-5"],
              "detector": { "trees": 10, "rows_per_leaf": 2 },
              "permutations": 200,
              "near_duplicates": "report",
            }
            """);
    }

    public ExperimentConfig Config => ExperimentFile.Read(this["tiny.json"], null);

    public string this[string name] => folder[name];

    public Task<string> RunAsync(string name, CancellationToken cancellation, ExperimentConfig? config = null) =>
        new ExperimentRunner(config ?? Config, this[name], "forensicheads experiment run tiny.json", TimeProvider.System)
            .RunAsync(null, cancellation);

    public void Dispose() => folder.Dispose();
}
