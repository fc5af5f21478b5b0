using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>Views of a network's parameters for the forwards of one step; see <see cref="NetworkParameters.Bind"/>.</summary>
public sealed class BoundParameters(Tensor[] tensors)
{
    /// <summary>The parameter with the given layout index, normalised where spectral norm applies.</summary>
    public Tensor this[int index] => tensors[index];
}
