using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>L1 between the features of a network, each layer's divided by the mean magnitude of the true frames'.</summary>
internal static class FeatureDistance
{
    /// <summary>Sum over layers of mean |f − t| / mean |t|.</summary>
    /// <param name="features">f, layer by layer.</param>
    /// <param name="target">t, likewise, without gradient.</param>
    /// <param name="scales">Mean |t| of each layer, where it is of more frames than these; else null.</param>
    /// <param name="start">What the sum starts with; null for 0.</param>
    public static Tensor Of(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> target, Tensor? scales = null, Tensor? start = null)
    {
        var total = start ?? DeviceTensors.Zero(target[0].device);
        for (var i = 0; i < target.Count; i++) total =
            total.Plus((features[i] - target[i]).abs().mean() / (scales?[i] ?? Scale(target[i])).AtLeast(1e-3));
        return total;
    }

    /// <summary>Mean |t| of each layer, float32[layers].</summary>
    public static Tensor Scales(IReadOnlyList<Tensor> target) => stack([.. target.Select(Scale)]);

    private static Tensor Scale(Tensor target) => target.detach().abs().mean();
}
