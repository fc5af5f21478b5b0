namespace ForensicHeads.Neural.Onnx;

/// <summary>Writes the embedder E as ONNX: a frame and its landmark image to ê of that frame, spectral norm folded in.</summary>
public static class EmbedderExport
{
    /// <summary>Name of the input: frames and landmark images float32[batch, 6, S, S] in −1…1.</summary>
    public const string Input = "frames_and_landmarks";

    /// <summary>Name of the output: vectors float32[batch, N]; a person's ê is their mean.</summary>
    public const string Output = "embeddings";

    /// <summary>Writes the file.</summary>
    /// <param name="embedder">The wiring.</param>
    /// <param name="size">Side of a frame in pixels.</param>
    /// <param name="parameters">φ; not changed.</param>
    /// <param name="metadata">Where it comes from; written as <c>metadata_props</c>.</param>
    public static OnnxModel Write(Embedder embedder, int size, NetworkParameters parameters, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph("embedder");
        var input = graph.Input(Input, 6, size, size);
        graph.OutputSum(Output, graph.Relu(embedder.Export(new ExportScope(graph, parameters), input)));
        return graph.ToModel(metadata);
    }
}
