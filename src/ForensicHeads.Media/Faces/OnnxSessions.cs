using Microsoft.ML.OnnxRuntime;

namespace ForensicHeads.Media;

/// <summary>Opens ONNX Runtime sessions of the face models.</summary>
internal static class OnnxSessions
{
    /// <summary>
    /// A CPU session on one thread: frames run side by side instead, which is faster on few cores and gives the same numbers however many
    /// there are. The session is made from the very bytes that were hashed, so no file beside the model can be pulled in.
    /// </summary>
    internal static InferenceSession Open(FaceModel model, string? modelsFolder)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return new InferenceSession(ModelRegistry.Load(model, modelsFolder), options);
    }
}
