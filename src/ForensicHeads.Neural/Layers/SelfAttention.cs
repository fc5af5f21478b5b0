using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>Self-attention over positions (Zhang et al. 2019): x + γ · attention(x), γ starting at 0.</summary>
/// <remarks>Queries and keys have C/8 channels, values C/2 with a 1×1 output, keys and values pooled by 2.</remarks>
public sealed class SelfAttention
{
    private readonly Convolution query;
    private readonly Convolution key;
    private readonly Convolution value;
    private readonly Convolution output;
    private readonly int gamma;

    /// <summary>Adds the layer's parameters to the layout.</summary>
    public SelfAttention(ParameterLayout layout, string name, long channels)
    {
        query = new Convolution(layout, $"{name}.query", channels, channels / 8, 1, hasBias: false);
        key = new Convolution(layout, $"{name}.key", channels, channels / 8, 1, hasBias: false);
        value = new Convolution(layout, $"{name}.value", channels, channels / 2, 1, hasBias: false);
        output = new Convolution(layout, $"{name}.output", channels / 2, channels, 1, hasBias: false);
        gamma = layout.Add($"{name}.gamma", Initial.Zeros, spectralNorm: false, 1);
    }

    /// <summary>float32[N, C, H, W] → the same shape.</summary>
    public Tensor Forward(Tensor x, BoundParameters parameters)
    {
        var (n, h, w) = (x.shape[0], x.shape[2], x.shape[3]);
        var queries = query.Forward(x, parameters).view(n, -1, h * w);
        var keys = nn.functional.max_pool2d(key.Forward(x, parameters), 2).reshape(n, -1, h * w / 4);
        var values = nn.functional.max_pool2d(value.Forward(x, parameters), 2).reshape(n, -1, h * w / 4);
        var attention = nn.functional.softmax(queries.transpose(1, 2).bmm(keys), dim: -1);
        var mixed = values.bmm(attention.transpose(1, 2)).view(n, -1, h, w);
        return x.Plus(parameters[gamma] * output.Forward(mixed, parameters));
    }

    internal OnnxValue Export(ExportScope scope, OnnxValue x)
    {
        var graph = scope.Graph;
        var positions = x.Height * x.Width;
        OnnxValue Pooled(Convolution convolution) => graph.Reshape(graph.HalveByMaximum(convolution.Export(scope, x)), 1, positions / 4);
        var queries = graph.Reshape(query.Export(scope, x), 1, positions);
        var (keys, values) = (Pooled(key), Pooled(value));
        var kernel = output.Kernel(scope);
        string Transposed(string name) => graph.Node("Transpose", $"{name}.transpose", [name], OnnxAttribute.Of("perm", [0, 2, 1]));
        var likeness = graph.Node("MatMul", $"{kernel.Name}.likeness", [Transposed(queries.Name), keys.Name]);
        var attention = graph.Node("Softmax", $"{kernel.Name}.attention", [likeness], OnnxAttribute.Of("axis", -1L));
        var mixed = values
            with
        { Name = graph.Node("MatMul", $"{kernel.Name}.mixed", [values.Name, Transposed(attention)]), Width = positions };
        graph.Count((queries.Channels + values.Channels) * (long)positions * (positions / 4));

        // γ goes into the output's weights, which have no bias.
        var strength = scope[gamma].Values[0];
        kernel = kernel with { Weights = Array.ConvertAll(kernel.Weights, weight => strength * weight) };
        return graph.Add(x, graph.Convolve(graph.Reshape(mixed, x.Height, x.Width), kernel, stride: 1, padding: 0));
    }
}
