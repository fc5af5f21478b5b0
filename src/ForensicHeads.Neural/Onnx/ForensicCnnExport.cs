namespace ForensicHeads.Neural.Onnx;

/// <summary>Writes <see cref="ForensicCnn"/> as ONNX: frames of any side to logit and penultimate vector, batch norms by their running
/// statistics.</summary>
public static class ForensicCnnExport
{
    /// <summary>Name of the input: float32[batch, 6, height, width].</summary>
    public const string Input = "frames";

    /// <summary>Name of the output: float32[batch, 65, 1, 1], the logit first.</summary>
    public const string Output = "features";

    // Multiply-adds are counted for this side.
    private const int NominalSize = 256;

    /// <summary>Writes the file.</summary>
    /// <param name="network">The wiring.</param>
    /// <param name="parameters">Its values; not changed.</param>
    /// <param name="metadata">Where it comes from; written as <c>metadata_props</c>.</param>
    /// <returns>The model, with the multiply-adds of a frame of 256×256.</returns>
    public static OnnxModel Write(ForensicCnn network, NetworkParameters parameters, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(network);
        var graph = new OnnxGraph("forensic-cnn");
        var frames = graph.FreeInput(Input, ForensicCnn.InputChannels, NominalSize);
        graph.Output(Output, network.Export(new ExportScope(graph, parameters), frames));
        return graph.ToModel(metadata);
    }
}
