namespace ForensicHeads.Generator.Inference;

/// <summary>An exported network of one input of square frames and one output.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly OnnxSession session;
    private readonly int channels;

    /// <summary>Opens a model.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="source">What it is, for messages: "heads/anna.onnx".</param>
    /// <param name="input">Name of the input, float32[batch, channels, S, S].</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="output">Name of the output.</param>
    /// <exception cref="UserErrorException">It is no ONNX model, or one of another kind.</exception>
    public OnnxNetwork(byte[] model, string source, string input, int channels, string output)
    {
        this.channels = channels;
        session = new OnnxSession(model, source, "Export it again with 'export'.");
        try
        {
            var sides = Sides(session.Inputs, input);
            OutputLength = Sides(session.Outputs, output).Skip(1).Aggregate(1, (product, side) => product * side);
            if (sides is not [_, var given, var height, var width] || given != channels || height != width)
            {
                throw new UserErrorException(
                    $"{source} takes '{input}' as [{string.Join(", ", sides)}], not [batch, {channels}, S, S]. Export it again with "
                    + "'export'.");
            }

            Size = height;
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
    public int OutputLength { get; }

    /// <summary>Where it came from.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.Metadata;

    /// <summary>Computes a batch on the calling thread. Thread-safe.</summary>
    /// <param name="values">float32[count, channels, S, S].</param>
    /// <param name="count">Items.</param>
    /// <returns>float32[count, …].</returns>
    public float[] Run(float[] values, int count)
    {
        using var found = session.Run(values, count, channels, Size, Size);
        return found.Take(0, count * OutputLength).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private IReadOnlyList<int> Sides(IReadOnlyList<OnnxPort> ports, string name) =>
        ports is [{ Sides: { } sides } port] && port.Name == name && sides.Skip(1).All(side => side > 0) ? sides
            : throw new UserErrorException(
                $"{session.Source} is an ONNX model of another kind: it has {string.Join(", ", ports.Select(port => port.Name))} where "
                + $"'{name}' is wanted. Export the right part with 'export'.");
}
