using System.Text.Json;
using ForensicHeads.Testing;

namespace ForensicHeads.Experiments.Tests;

/// <summary>Nothing else may run beside the other device.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The device and the numbers that are chosen reach the networks of an experiment.</summary>
[Collection(nameof(Alone))]
public sealed class ComputeTests : IDisposable
{
    private readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Generators_and_face_networks_are_moved_to_the_device()
    {
        using var generators = ChosenGenerators.Load(tiny.Config.Generator, LazyDevice.Compute);
        Assert.Equal(LazyDevice.Compute.Device.type, generators.All[0].Weights.Device.type);
        using var faces = FaceNetworks.Load(tiny.Config.Quality, 64, procedural: true, LazyDevice.Compute);
        Assert.Equal(LazyDevice.Compute.Device.type, Assert.IsType<FaceIdentity>(faces.Judge).Parameters.Device.type);
    }

    [Fact]
    public async Task An_experiment_says_where_it_computed_and_makes_its_heads_there()
    {
        var config = tiny.Config with { Ladder = [] };
        var exact = await RunAsync("exact", Compute.Cpu);
        var coarse = await RunAsync("coarse", Compute.Choose("cpu", Precision.Bf16));
        Assert.Equal(("cpu", "cpu bf16"), (Device(exact), Device(coarse)));
        Assert.NotEqual(File.ReadAllText(Path.Combine(exact, "quality.csv")), File.ReadAllText(Path.Combine(coarse, "quality.csv")));

        async Task<string> RunAsync(string name, Compute compute)
        {
            await new ExperimentRunner(config, tiny[name], "forensicheads experiment run tiny.json", TimeProvider.System)
            {
                Compute = compute,
            }.RunAsync(null, TestContext.Current.CancellationToken);
            return tiny[name];
        }

        static string Device(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "environment.json"))).RootElement
            .GetProperty("environment").EnumerateArray().Single(fact => fact.GetProperty("name").GetString() == "device")
            .GetProperty("value").GetString()!;
    }
}
