using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>Views of a network's parameters for the forwards of one step; see <see cref="NetworkParameters.Bind"/>.</summary>
/// <param name="tensors">By layout index.</param>
/// <param name="running">float32[RunningCount], the running statistics of batch norms; null for a network without.</param>
/// <param name="learns">Whether batch norms use the batch's statistics and add them to the running ones.</param>
public sealed class BoundParameters(Tensor[] tensors, Tensor? running = null, bool learns = false)
{
    /// <summary>The parameter with the given layout index, normalised where spectral norm applies.</summary>
    public Tensor this[int index] => tensors[index];

    /// <summary>Whether this is a step of learning: batch norms use the batch's own statistics, dropout drops.</summary>
    public bool Learns => learns;

    /// <summary>A view of running statistics.</summary>
    internal Tensor Running(long offset, long count) => (running ?? throw new InvalidOperationException("These parameters hold no running statistics, which batch norms need.")).narrow(0, offset, count);
}
