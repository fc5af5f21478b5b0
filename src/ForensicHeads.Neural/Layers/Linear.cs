using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>A linear layer with bias, under spectral norm unless told otherwise.</summary>
public sealed class Linear
{
    private readonly int weight;
    private readonly int bias;

    /// <summary>Adds <c>name.weight</c> [out, in] and <c>name.bias</c> [out] to the layout.</summary>
    public Linear(ParameterLayout layout, string name, long inputs, long outputs, bool spectralNorm = true)
    {
        weight = layout.Add($"{name}.weight", Initial.He, spectralNorm, outputs, inputs);
        bias = layout.Add($"{name}.bias", Initial.Zeros, spectralNorm: false, outputs);
    }

    /// <summary>float32[N, in] → float32[N, out].</summary>
    public Tensor Forward(Tensor x, BoundParameters parameters) => nn.functional.linear(x, parameters[weight], parameters[bias]);

    /// <summary>The layer on a whole map, flattened channel by channel: a convolution that covers all of it.</summary>
    internal OnnxValue Export(ExportScope scope, OnnxValue map)
    {
        var (name, shape, values, _) = scope[weight];
        if (map.Height != map.Width || map.Count != shape[1])
            throw new InvalidOperationException(
                $"A map of {map.Channels}×{map.Height}×{map.Width} does not fit {name}, which takes {shape[1]} values.");
        return scope.Graph.Convolve(map,
            new ConvolutionKernel(ExportScope.Layer(name), values, (int)shape[0], map.Channels, map.Height, scope[bias].Values), stride: 1,
            padding: 0);
    }

    /// <summary>The normalised weight, float32[out, in].</summary>
    public Tensor Weight(BoundParameters parameters) => parameters[weight];

    /// <summary>The bias, float32[out].</summary>
    public Tensor Bias(BoundParameters parameters) => parameters[bias];
}
