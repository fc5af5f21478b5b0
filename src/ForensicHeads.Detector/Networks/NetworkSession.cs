using Microsoft.ML.OnnxRuntime;

namespace ForensicHeads.Detector.Networks;

/// <summary>A network with one input and one output in ONNX Runtime on one thread of the CPU: pictures run side by side instead, and the
/// numbers do not depend on the number of cores.</summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly string source;

    /// <summary>Opens a model from the very bytes that were checked.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="kind">What its metadata must call itself.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="UserErrorException">Not an ONNX file, or one of another kind.</exception>
    public NetworkSession(byte[] model, string kind, string source)
    {
        this.source = source;
        session = OnnxSessions.Open(model, source, "Restore it or train again.");
        Metadata = session.ModelMetadata.CustomMetadataMap;
        var found = Metadata.GetValueOrDefault("kind", "none");
        if (found == kind && session.InputNames.Count == 1 && session.OutputNames.Count == 1) return;
        session.Dispose();
        throw new UserErrorException(
            $"{source} holds a network of kind '{found}', '{kind}' was expected. Name the file that belongs here.");
    }

    /// <summary>The free text fields of the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Runs the network. May be called from several threads at once.</summary>
    /// <param name="input">Its input, row by row.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="output">Overwritten whole.</param>
    /// <exception cref="UserErrorException">The file's network cannot take the input, or gives another number of values.</exception>
    public void Run(float[] input, long[] shape, Span<float> output)
    {
        try
        {
            using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
            using var results = session.Run(options, session.InputNames, [value], session.OutputNames);
            var values = results[0].GetTensorDataAsSpan<float>();
            if (values.Length != output.Length) throw new UserErrorException(
                $"{source} gives {values.Length} numbers for a picture, {output.Length} were expected. Restore it or train again.");
            values.CopyTo(output);
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException(
                $"{source} does not run: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Restore it or train again.", inner: error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        options.Dispose();
        session.Dispose();
    }
}
