using ForensicHeads.Foundation;
using Microsoft.ML.OnnxRuntime;

namespace ForensicHeads.Detector;

/// <summary>A network with one input and one output in ONNX Runtime on one thread of the CPU: pictures run side by side instead, and the numbers do not depend on the number of cores.</summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();

    /// <summary>Opens a model from the very bytes that were checked.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="kind">What its metadata must call itself.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="UserErrorException">Not an ONNX file, or one of another kind.</exception>
    public NetworkSession(byte[] model, string kind, string source)
    {
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            session = new InferenceSession(model, settings);
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException($"{source} is not a usable ONNX file: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Restore it or train again.", inner: error);
        }

        Metadata = session.ModelMetadata.CustomMetadataMap;
        var found = Metadata.GetValueOrDefault("kind", "none");
        if (found == kind && session.InputNames.Count == 1 && session.OutputNames.Count == 1) return;
        session.Dispose();
        throw new UserErrorException($"{source} holds a network of kind '{found}', '{kind}' was expected. Name the file that belongs here.");
    }

    /// <summary>The free text fields of the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Runs the network. May be called from several threads at once.</summary>
    /// <param name="input">Its input, row by row.</param>
    /// <param name="shape">The input's shape.</param>
    /// <param name="output">Overwritten whole.</param>
    public void Run(float[] input, long[] shape, Span<float> output)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var results = session.Run(options, session.InputNames, [value], session.OutputNames);
        results[0].GetTensorDataAsSpan<float>().CopyTo(output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        options.Dispose();
        session.Dispose();
    }
}
