using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests;

/// <summary>Networks and tensors small enough to check by hand.</summary>
internal static class Tiny
{
    public static NetworkPreset Preset => SmallNetworks.Of32;

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
