using static TorchSharp.torch;

namespace ForensicHeads.Generator.Training;

/// <summary>The tensors of one step.</summary>
/// <param name="Videos">int64[B]: row of W.</param>
/// <param name="Shots">float32[B·K, 6, S, S]: frames with their landmark images.</param>
/// <param name="Target">float32[B, 3, S, S].</param>
/// <param name="TargetLandmarks">float32[B, 3, S, S].</param>
public sealed record EpisodeBatch(Tensor Videos, Tensor Shots, Tensor Target, Tensor TargetLandmarks) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Videos.Dispose();
        Shots.Dispose();
        Target.Dispose();
        TargetLandmarks.Dispose();
    }
}
