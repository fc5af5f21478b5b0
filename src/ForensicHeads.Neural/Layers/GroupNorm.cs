using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>Group norm (Wu and He 2018) with learnt scale and bias: each group of channels of a picture to mean 0 and variance 1. Nothing
/// depends on the batch.</summary>
public sealed class GroupNorm
{
    /// <summary>Channels of a group.</summary>
    public const int GroupSize = 8;

    private const double Epsilon = 1e-5;
    private readonly int weight;
    private readonly int bias;
    private readonly long groups;

    /// <summary>Adds <c>name.weight</c> and <c>name.bias</c>, [channels] each; <paramref name="channels"/> is a multiple of
    /// <see cref="GroupSize"/>.</summary>
    public GroupNorm(ParameterLayout layout, string name, long channels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(channels % GroupSize, 0);
        groups = channels / GroupSize;
        weight = layout.Add($"{name}.weight", Initial.Ones, spectralNorm: false, channels);
        bias = layout.Add($"{name}.bias", Initial.Zeros, spectralNorm: false, channels);
    }

    /// <summary>float32[N, C, H, W] → the same shape.</summary>
    public Tensor Forward(Tensor x, BoundParameters parameters) =>
        nn.functional.group_norm(x, groups, parameters[weight], parameters[bias], Epsilon);
}
