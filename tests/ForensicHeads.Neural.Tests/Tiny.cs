using System.Runtime.CompilerServices;
using ForensicHeads.Neural.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

/// <summary>Networks and tensors small enough to check by hand.</summary>
internal static class Tiny
{
    public static NetworkPreset Preset { get; } = NetworkPreset.Heads64 with
    {
        Name = "tiny",
        Size = 32,
        MinChannels = 8,
        MaxChannels = 16,
        Embedding = 16,
        EmbedderBlocks = 3,
        GeneratorDown = 2,
        GeneratorResidual = 1,
        DiscriminatorBlocks = 3,
    };

    /// <summary>Bytes and sums must not depend on how many cores are free.</summary>
    [ModuleInitializer]
    internal static void UseOneThread() => TorchRuntime.Threads = 1;

    /// <summary>Normal values from a fixed stream.</summary>
    public static Tensor Random(string name, params long[] shape) => tensor(Values(name, (int)shape.Aggregate(1L, (a, b) => a * b)), shape);

    public static float[] Values(string name, int count)
    {
        var random = new Foundation.SeededRandom(1, name);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.Gaussian())];
    }

    public static float[] ToArray(this Tensor value) => value.detach().contiguous().data<float>().ToArray();

    /// <summary>Largest absolute difference of two tensors.</summary>
    public static float Distance(Tensor a, Tensor b) => (a - b).abs().max().item<float>();
}
