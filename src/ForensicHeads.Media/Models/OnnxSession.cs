using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ForensicHeads.Media.Models;

/// <summary>A network of one input in ONNX Runtime, whoever's it is. Loads no libtorch.</summary>
/// <remarks>
/// It computes on one thread of the CPU: pictures, or parts of a batch, run side by side instead, which is faster on few cores and gives
/// the same numbers however many there are.
/// </remarks>
public sealed class OnnxSession : IDisposable
{
    private static readonly string NoFolder = Path.Combine(AppContext.BaseDirectory, "no-weights-outside-of-a-model");
    private readonly InferenceSession session;
    private readonly RunOptions running = new();
    private readonly string remedy;

    /// <summary>Opens a model from the very bytes that were hashed or read, so that no file beside it can be pulled in.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="remedy">What to do where it is not usable, as a sentence: "Train it again."</param>
    /// <param name="kind">What its metadata must call a network of one input and one output; null where that is checked otherwise.</param>
    /// <exception cref="UserErrorException">Not an ONNX file that this runtime can run, or one of another kind.</exception>
    public OnnxSession(byte[] model, string source, string remedy, string? kind = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Source, this.remedy) = (source, remedy);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // What is wrong comes as an exception; the native log would write it to the terminal once more.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // From bytes, the runtime would take weights that lie outside of the model from the folder that the user stands in.
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", NoFolder);
        try
        {
            session = new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw Refusal("is not a usable ONNX file", error);
        }

        Metadata = session.ModelMetadata.CustomMetadataMap;
        Inputs = Ports(session.InputNames, session.InputMetadata);
        Outputs = Ports(session.OutputNames, session.OutputMetadata);
        var found = Metadata.GetValueOrDefault("kind", "none");
        if (kind is null || (found == kind && Inputs.Count == 1 && Outputs.Count == 1)) return;
        Dispose();
        throw new UserErrorException(
            $"{source} holds a network of kind '{found}', '{kind}' was expected. Name the file that belongs here.");
    }

    /// <summary>Version of ONNX Runtime, which is loaded for it.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>The free text fields of the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>What goes in; a network of more than one cannot be run.</summary>
    public IReadOnlyList<OnnxPort> Inputs { get; }

    /// <summary>What comes out.</summary>
    public IReadOnlyList<OnnxPort> Outputs { get; }

    /// <summary>The file's name, for messages.</summary>
    public string Source { get; }

    /// <summary>Runs the network on the calling thread. May be called from several threads at once.</summary>
    /// <param name="input">Its input, row by row, exactly as long as the shape says, which ONNX Runtime insists on.</param>
    /// <param name="shape">The input's shape.</param>
    /// <exception cref="UserErrorException">The network cannot take the input.</exception>
    public OnnxOutputs Run(Memory<float> input, params long[] shape)
    {
        try
        {
            using var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, shape);
            return new OnnxOutputs(this, session.Run(running, session.InputNames, [value], session.OutputNames));
        }
        catch (OnnxRuntimeException error)
        {
            throw Refusal("does not run", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        running.Dispose();
        session.Dispose();
    }

    /// <summary>A registered face model.</summary>
    /// <exception cref="UserErrorException">Missing, or not the pinned content.</exception>
    internal static OnnxSession Of(FaceModel model, string? modelsFolder) =>
        new(ModelRegistry.Load(model, modelsFolder), model.Name, "Fetch the models again.");

    internal UserErrorException Refusal(string what, OnnxRuntimeException? error = null) =>
        new($"{Source} {what}{(error is null ? "" : $": {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}")}. {remedy}", inner: error);

    private static OnnxPort[] Ports(IEnumerable<string> names, IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        [.. names.Select(name => new OnnxPort(name, Sides(nodes[name])))];

    private static int[]? Sides(NodeMetadata node) =>
        node.IsTensor && node.ElementDataType == TensorElementType.Float ? node.Dimensions : null;
}

/// <summary>An input or output of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sides">Its shape, −1 where any number goes; null where it is no tensor of float32.</param>
public sealed record OnnxPort(string Name, IReadOnlyList<int>? Sides);
