using Microsoft.ML.OnnxRuntime;

namespace ForensicHeads.Media.Models;

/// <summary>The one place where ONNX Runtime sessions are opened, whoever's network it is. Loads no libtorch.</summary>
public static class OnnxSessions
{
    private static readonly string NoFolder = Path.Combine(AppContext.BaseDirectory, "no-weights-outside-of-a-model");

    /// <summary>
    /// A CPU session on one thread: pictures run side by side instead, which is faster on few cores and gives the same numbers however many
    /// there are. The session is made from the very bytes that were hashed or read, so no file beside the model can be pulled in.
    /// </summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="remedy">What to do where it is not usable, as a sentence: "Train it again."</param>
    /// <exception cref="UserErrorException">Not an ONNX file that this runtime can run.</exception>
    public static InferenceSession Open(byte[] model, string source, string remedy)
    {
        ArgumentNullException.ThrowIfNull(model);
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
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException(
                $"{source} is not a usable ONNX file: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. {remedy}", inner: error);
        }
    }

    /// <summary>A session of a registered face model.</summary>
    /// <exception cref="UserErrorException">Missing, or not the pinned content.</exception>
    internal static InferenceSession Open(FaceModel model, string? modelsFolder) =>
        Open(ModelRegistry.Load(model, modelsFolder), model.Name, "Fetch the models again.");
}
