using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>Where the scale and bias of an instance norm come from.</summary>
public interface INorm
{
    /// <summary>float32[N, C, H, W] → the same shape: (x − mean) / sqrt(var + eps) · scale + bias over each channel of each
    /// picture.</summary>
    Tensor Forward(Tensor x, BoundParameters parameters, Tensor? adaptive);

    internal OnnxValue Export(ExportScope scope, OnnxValue x);
}

/// <summary>Instance norm with learnt scale and bias.</summary>
public sealed class AffineInstanceNorm : INorm
{
    /// <summary>Added to the variance, under the root.</summary>
    public const double Epsilon = 1e-4;

    private readonly int weight;
    private readonly int bias;

    /// <summary>Adds <c>name.weight</c> and <c>name.bias</c>, [channels] each.</summary>
    public AffineInstanceNorm(ParameterLayout layout, string name, long channels)
    {
        weight = layout.Add($"{name}.weight", Initial.Ones, spectralNorm: false, channels);
        bias = layout.Add($"{name}.bias", Initial.Zeros, spectralNorm: false, channels);
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, BoundParameters parameters, Tensor? adaptive) =>
        nn.functional.instance_norm(x, weight: parameters[weight], bias: parameters[bias], use_input_stats: true, eps: Epsilon);

    OnnxValue INorm.Export(ExportScope scope, OnnxValue x) =>
        scope.Graph.InstanceNorm(x, ExportScope.Layer(scope[weight].Name), scope[weight].Values, scope[bias].Values, Epsilon);
}

/// <summary>Adaptive instance norm (Huang and Belongie 2017): scale and bias are slices of the person's vector ψ̂, the scale as it
/// is.</summary>
/// <remarks>In ψ̂ every norm owns 2·C values: the bias first, then the scale.</remarks>
public sealed class AdaptiveInstanceNorm(AdaptiveSlots slots, long channels, string name = "adaptive") : INorm
{
    private readonly long offset = slots.Reserve(channels);

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, BoundParameters parameters, Tensor? adaptive)
    {
        ArgumentNullException.ThrowIfNull(adaptive);
        var normed = nn.functional.instance_norm(x, use_input_stats: true, eps: AffineInstanceNorm.Epsilon);
        return (normed * Slice(offset + channels)).Plus(Slice(offset));

        // In the frames' own type: float32 would double the memory of the rest of a block.
        Tensor Slice(long start) => adaptive.narrow(1, start, channels).unsqueeze(2).unsqueeze(3).to_type(normed.dtype);
    }

    // The person is fixed in an exported head: the coefficients are constants.
    OnnxValue INorm.Export(ExportScope scope, OnnxValue x) =>
        scope.Graph.InstanceNorm(x, name, scope.Adaptive(offset + channels, channels), scope.Adaptive(offset, channels),
            AffineInstanceNorm.Epsilon);
}

/// <summary>Hands out the places of adaptive norms inside ψ̂.</summary>
public sealed class AdaptiveSlots
{
    private readonly List<(long Offset, long Channels)> slots = [];

    /// <summary>Length of ψ̂.</summary>
    public long Length { get; private set; }

    /// <summary>The slots handed out so far: first element and number of channels.</summary>
    public IReadOnlyList<(long Offset, long Channels)> Slots => slots;

    /// <summary>Reserves 2 · <paramref name="channels"/> values and returns the first one's index.</summary>
    public long Reserve(long channels)
    {
        var offset = Length;
        slots.Add((offset, channels));
        Length += 2 * channels;
        return offset;
    }
}
