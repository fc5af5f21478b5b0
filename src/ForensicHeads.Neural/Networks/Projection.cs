using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>P: the linear map from ê to the adaptive coefficients ψ̂ of the generator.</summary>
public sealed class Projection
{
    private readonly Linear linear;

    /// <summary>Lays the map out for a preset and the slots of its generator.</summary>
    public Projection(NetworkPreset preset, AdaptiveSlots slots)
    {
        linear = new Linear(Layout, "linear", preset.Embedding, slots.Length);
        Slots = slots;
    }

    /// <summary>The parameter table.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>The places of the adaptive norms inside ψ̂.</summary>
    public AdaptiveSlots Slots { get; }

    /// <summary>ê float32[B, N] → ψ̂ float32[B, Slots.Length].</summary>
    public Tensor Forward(Tensor embedding, BoundParameters parameters) => linear.Forward(embedding, parameters);

    /// <summary>Starts the scales at one: with the scale taken as it is (no +1), a start near zero would blank the picture.</summary>
    public void StartScalesAtOne(NetworkParameters parameters)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bias = Layout.Entries.Single(entry => entry.Name == "linear.bias");
        foreach (var (offset, channels) in Slots.Slots) parameters.Values.narrow(0, bias.Offset + offset + channels, channels).FillWith(1);
    }
}
