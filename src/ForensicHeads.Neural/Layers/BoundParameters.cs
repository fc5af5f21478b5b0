using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>Views of a network's parameters for the forwards of one step; see <see cref="NetworkParameters.Bind"/>.</summary>
/// <param name="tensors">By layout index.</param>
/// <param name="running">float32[RunningCount], the running statistics of batch norms; null for a network without.</param>
/// <param name="learns">Whether batch norms use the batch's statistics and add them to the running ones.</param>
/// <param name="dropped">The stream that dropout draws from in learning; null for a network without.</param>
public sealed class BoundParameters(Tensor[] tensors, Tensor? running = null, bool learns = false, SeededRandom? dropped = null)
{
    /// <summary>The parameter with the given layout index, normalised where spectral norm applies.</summary>
    public Tensor this[int index] => tensors[index];

    /// <summary>Whether this is a step of learning: batch norms use the batch's own statistics, dropout drops.</summary>
    public bool Learns => learns;

    /// <summary>Dropout (Srivastava et al. 2014): in learning, each number becomes 0 with chance <paramref name="share"/>, else is divided
    /// by 1 − share; otherwise unchanged.</summary>
    /// <remarks>libtorch's own dropout draws from one stream of the whole process, so that a seed would not tell what comes out.</remarks>
    internal Tensor Dropout(Tensor x, double share)
    {
        if (!learns) return x;
        var random = dropped
            ?? throw new InvalidOperationException("These parameters hold no random stream, which dropout needs in learning.");
        var mask = new float[x.numel()];
        for (var i = 0; i < mask.Length; i++) mask[i] = random.Chance(share) ? 0 : (float)(1 / (1 - share));
        return x * mask.ToTensor(x.device, x.shape);
    }

    /// <summary>A view of running statistics.</summary>
    internal Tensor Running(long offset, long count) =>
        (running ?? throw new InvalidOperationException("These parameters hold no running statistics, which batch norms need.")).narrow(0,
        offset, count);
}
