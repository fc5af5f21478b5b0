using ForensicHeads.Foundation;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Faces.Training;

/// <summary>
/// Large-margin cosine loss (CosFace, Wang et al. 2018, eq. 4): softmax cross entropy of s · (cos θ − m at the true class), one unit vector a class.
/// </summary>
internal sealed class MarginSoftmax : IDisposable
{
    /// <summary>s.</summary>
    public const double Scale = 24;

    /// <summary>Classes start as random unit vectors.</summary>
    public MarginSoftmax(int classes, int length, long seed)
    {
        var random = new SeededRandom(seed, "margin-softmax");
        var values = new float[classes * length];
        foreach (ref var value in values.AsSpan()) value = (float)random.Gaussian();
        Classes = tensor(values, [classes, length]).DetachFromDisposeScope();
        Classes.requires_grad_(true);
    }

    /// <summary>float32[classes, length], a leaf that is learnt; only directions count.</summary>
    public Tensor Classes { get; }

    /// <summary>Mean loss of unit vectors float32[N, length] with labels int64[N].</summary>
    public Tensor Of(Tensor vectors, Tensor labels, double margin)
    {
        var cosines = nn.functional.linear(vectors, nn.functional.normalize(Classes, dim: 1));
        var truth = nn.functional.one_hot(labels, Classes.shape[0]).to(ScalarType.Float32);
        return nn.functional.cross_entropy(Scale * (cosines - (margin * truth)), labels);
    }

    public void Dispose() => Classes.Dispose();
}
