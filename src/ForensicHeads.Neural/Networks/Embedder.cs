using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>E(x, y; φ): a frame and its landmark image to a vector ê (Zakharov et al. 2019, section 3.1).</summary>
public sealed class Embedder
{
    private readonly DownStack body;

    /// <summary>Lays the network out for a preset.</summary>
    public Embedder(NetworkPreset preset)
    {
        body = new DownStack(Layout, preset, inputs: 6, preset.EmbedderBlocks, norm: null);
    }

    /// <summary>The parameter table.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>Frames and landmark images, float32[M, 6, S, S] in −1…1, to one vector each, float32[M, N].</summary>
    public Tensor Forward(Tensor framesAndLandmarks, BoundParameters parameters) =>
        nn.functional.relu(body.Forward(framesAndLandmarks, parameters)[^1]).sum([2L, 3L]);

    internal OnnxValue Export(ExportScope scope, OnnxValue framesAndLandmarks) => body.Export(scope, framesAndLandmarks);

    /// <summary>The vector of each person: the mean over the K shots. float32[B·K, 6, S, S] → float32[B, N].</summary>
    public Tensor Average(Tensor framesAndLandmarks, long shots, BoundParameters parameters)
    {
        var vectors = Forward(framesAndLandmarks, parameters);
        return vectors.view(-1, shots, vectors.shape[1]).mean([1L]);
    }
}
