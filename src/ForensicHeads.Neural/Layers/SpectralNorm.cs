using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>Spectral normalisation (Miyato et al. 2018): a weight divided by an estimate of its largest singular value.</summary>
public static class SpectralNorm
{
    /// <summary>Guards the two normalisations of the power iteration.</summary>
    public const double Epsilon = 1e-4;

    /// <summary>One power iteration, in place: u ← normalise(W normalise(Wᵀu)).</summary>
    /// <param name="weight">float32[out, rest].</param>
    /// <param name="u">float32[out], overwritten.</param>
    public static void Advance(Tensor weight, Tensor u)
    {
        var v = Unit(weight.t().mv(u));
        u.copy_(Unit(weight.mv(v)));
    }

    /// <summary>W / sigma with sigma = uᵀWv, v = normalise(Wᵀu); u and v are constants of the gradient.</summary>
    public static Tensor Normalise(Tensor weight, Tensor u)
    {
        var matrix = weight.view(weight.shape[0], -1);
        var constant = matrix.detach();
        var v = Unit(constant.t().mv(u));
        // A copy: u may take its next iteration before this weight's backward.
        return weight / dot(u.clone(), matrix.mv(v));
    }

    private static Tensor Unit(Tensor vector)
    {
        // Called hundreds of times a step: the scalar must outlive the call, whatever the collector does.
        using var least = Epsilon.ToScalar();
        return vector / vector.norm().clamp_min(least);
    }
}
