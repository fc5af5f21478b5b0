namespace ForensicHeads.Neural.Onnx;

/// <summary>Writes the generator of one person as ONNX: y → frame, with the adaptive coefficients ψ̂ as constants and spectral norm folded
/// in.</summary>
/// <remarks>
/// Equal to <see cref="Generator.Forward"/> up to rounding. Where a 3×3 convolution meets a resampling, the two are one 4×4 convolution,
/// which saves a quarter of all products.
/// </remarks>
public static class HeadExport
{
    /// <summary>Name of the input: landmark images float32[batch, 3, S, S] in −1…1.</summary>
    public const string Input = "landmarks";

    /// <summary>Name of the output: frames float32[batch, 3, S, S] in −1…1.</summary>
    public const string Output = "frames";

    /// <summary>Writes the file.</summary>
    /// <param name="generator">The wiring.</param>
    /// <param name="size">Side of a frame in pixels.</param>
    /// <param name="parameters">ψ; not changed.</param>
    /// <param name="adaptive">ψ̂ or ψ'.</param>
    /// <param name="metadata">Where it comes from; written as <c>metadata_props</c>.</param>
    /// <exception cref="ArgumentException">ψ̂ has not the generator's length.</exception>
    public static OnnxModel Write(Generator generator, int size, NetworkParameters parameters, float[] adaptive,
        IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(adaptive);
        if (adaptive.Length != generator.Slots.Length) throw new ArgumentException(
            $"{adaptive.Length} adaptive coefficients were given; this generator has {generator.Slots.Length}.", nameof(adaptive));
        var graph = new OnnxGraph("talking-head");
        var landmarks = graph.Input(Input, 3, size, size);
        graph.Output(Output, generator.Export(new ExportScope(graph, parameters, adaptive), landmarks));
        return graph.ToModel(metadata);
    }
}
