namespace ForensicHeads.Neural.Onnx;

/// <summary>Writes a network of MesoNet as ONNX: pictures to logits, batch norms by their running statistics.</summary>
public static class MesoExport
{
    /// <summary>Side of the pictures in pixels.</summary>
    public const int Size = 256;

    /// <summary>Name of the input: float32[batch, 3, 256, 256] in 0…1.</summary>
    public const string Input = "frames";

    /// <summary>Name of the output: float32[batch, 1, 1, 1].</summary>
    public const string Output = "logits";

    /// <summary>Writes a network of ours.</summary>
    /// <param name="network">The wiring.</param>
    /// <param name="parameters">Its values; not changed.</param>
    /// <param name="metadata">Where it comes from.</param>
    public static OnnxModel Write(IMesoNetwork network, NetworkParameters parameters, IReadOnlyDictionary<string, string> metadata) =>
        Write(network, graph => new ExportScope(graph, parameters), metadata);

    /// <summary>Writes a network with weights of a Keras file; nothing of libtorch is loaded.</summary>
    /// <param name="network">The wiring.</param>
    /// <param name="weights">The file's content.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <exception cref="Foundation.UserErrorException">The weights are another network's.</exception>
    public static OnnxModel Write(IMesoNetwork network, KerasWeights weights, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        var (values, running) = weights.For(network.Layout);
        return Write(network, graph => new ExportScope(graph, values, running), metadata);
    }

    private static OnnxModel Write(IMesoNetwork network, Func<OnnxGraph, ExportScope> scope, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(network.Name);
        var frames = graph.Input(Input, 3, Size, Size);
        graph.Output(Output, network.Export(scope(graph), frames));
        return graph.ToModel(metadata);
    }
}
