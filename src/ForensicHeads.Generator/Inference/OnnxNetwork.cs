using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ForensicHeads.Generator.Inference;

/// <summary>A network of one input and one output in ONNX Runtime, on the CPU.</summary>
/// <remarks>
/// A session computes on one thread; callers run several parts of a batch side by side instead. That scales better than sharing single
/// operations, and a frame's bytes do not depend on the number of threads.
/// </remarks>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly InferenceSession session;
    private readonly string input;
    private readonly string output;
    private readonly long[] inputSides;
    private readonly long[] outputSides;

    /// <summary>Opens a model from memory, so that no file beside it can be pulled in.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="source">What it is, for messages: "heads/anna.onnx".</param>
    /// <param name="input">Name of the input, float32[batch, channels, S, S].</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="output">Name of the output.</param>
    /// <exception cref="UserErrorException">It is no ONNX model, or one of another kind.</exception>
    public OnnxNetwork(byte[] model, string source, string input, int channels, string output)
    {
        (this.input, this.output) = (input, output);
        session = OnnxSessions.Open(model, source, "Export it again with 'export'.");
        try
        {
            inputSides = Sides(session.InputMetadata, input, source);
            outputSides = Sides(session.OutputMetadata, output, source);
            if (inputSides is not [_, var given, var height, var width] || given != channels || height != width || height < 1)
            {
                throw new UserErrorException(
                    $"{source} takes '{input}' as [{string.Join(", ", inputSides)}], not [batch, {channels}, S, S]. Export it again with "
                    + "'export'.");
            }

            Size = (int)height;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Side of a frame in pixels.</summary>
    public int Size { get; }

    /// <summary>Values of one item of the output.</summary>
    public int OutputLength => (int)outputSides.Skip(1).Aggregate(1L, (product, side) => product * side);

    /// <summary>Where it came from.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    /// <summary>Computes a batch on the calling thread. Thread-safe.</summary>
    /// <param name="values">float32[count, channels, S, S].</param>
    /// <param name="count">Items.</param>
    /// <returns>float32[count, …].</returns>
    public float[] Run(float[] values, int count)
    {
        var result = new float[count * OutputLength];
        using var from = OrtValue.CreateTensorValueFromMemory(values, [count, .. inputSides[1..]]);
        using var to = OrtValue.CreateTensorValueFromMemory(result, [count, .. outputSides[1..]]);
        using var options = new RunOptions();
        session.Run(options, [input], [from], [output], [to]);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static long[] Sides(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, string source)
    {
        if (nodes.Count == 1 && nodes.TryGetValue(name, out var node) && node.IsTensor && node.ElementDataType == TensorElementType.Float
            && node.Dimensions[1..].All(side => side > 0))
        {
            return Array.ConvertAll(node.Dimensions, side => (long)side);
        }

        throw new UserErrorException(
            $"{source} is an ONNX model of another kind: it has {string.Join(", ", nodes.Keys)} where '{name}' is wanted. Export the "
            + "right part with 'export'.");
    }
}
