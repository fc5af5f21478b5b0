using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>
/// A small plain network that tells generated from real frames, after VGG (Simonyan and Zisserman 2015): a 5×5 stem of stride 2, then 3×3
/// convolutions at 1/4, 1/8 and 1/16 of the side with 48, 64 and 96 channels, batch norm and ReLU after each; the mean over all positions,
/// one linear layer with ReLU to the penultimate vector, one to the logit. Frames of any side.
/// </summary>
public sealed class ForensicCnn
{
    /// <summary>Input channels: the residual of R, G, B, then R, G, B.</summary>
    public const int InputChannels = 6;

    /// <summary>Length of the penultimate vector.</summary>
    public const int VectorLength = 64;

    private static readonly (int Outputs, int Kernel, int Stride)[] Shape =
        [(32, 5, 2), (48, 3, 2), (48, 3, 1), (64, 3, 2), (64, 3, 1), (96, 3, 2)];
    private readonly (Convolution Convolution, BatchNorm Norm)[] layers;
    private readonly Linear vector;
    private readonly Linear logit;

    /// <summary>Lays the network out.</summary>
    public ForensicCnn()
    {
        var inputs = InputChannels;
        layers = new (Convolution, BatchNorm)[Shape.Length];
        for (var i = 0; i < Shape.Length; i++)
        {
            var (outputs, kernel, stride) = Shape[i];
            layers[i] = (new Convolution(Layout, $"conv{i}", inputs, outputs, kernel, hasBias: false, spectralNorm: false, stride),
                new BatchNorm(Layout, $"norm{i}", outputs));
            inputs = outputs;
        }

        vector = new Linear(Layout, "vector", inputs, VectorLength, spectralNorm: false);
        logit = new Linear(Layout, "logit", VectorLength, 1, spectralNorm: false);
    }

    /// <summary>The parameter table.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>float32[N, 6, H, W] to logits float32[N], positive = generated, and penultimate vectors float32[N, 64], none
    /// negative.</summary>
    public (Tensor Logits, Tensor Vectors) Forward(Tensor frames, BoundParameters parameters)
    {
        var x = frames;
        foreach (var (convolution, norm) in layers) x = nn.functional.relu(norm.Forward(convolution.Forward(x, parameters), parameters));
        var vectors = nn.functional.relu(vector.Forward(x.mean([2L, 3L]), parameters));
        return (logit.Forward(vectors, parameters).squeeze(1), vectors);
    }

    /// <summary>Writes the layers; the result holds the logit in channel 0, then the vector.</summary>
    internal OnnxValue Export(ExportScope scope, OnnxValue frames)
    {
        var graph = scope.Graph;
        var x = frames;
        foreach (var (convolution, norm) in layers) x = graph.Relu(norm.Export(scope, convolution.Export(scope, x)));
        var vectors = graph.Relu(vector.Export(scope, graph.Mean(x)));
        return graph.Join(logit.Export(scope, vectors), vectors);
    }
}
