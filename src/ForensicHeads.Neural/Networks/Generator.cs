using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>G(y, ê; ψ, P): a landmark image and the person's adaptive coefficients ψ̂ = Pê to a frame (section 3.1).</summary>
public sealed class Generator
{
    private readonly DownStack down;
    private readonly ResidualBlock[] residual;
    private readonly ResidualBlock[] up;
    private readonly SelfAttention? attention;
    private readonly int attentionAfter;
    private readonly INorm headNorm;
    private readonly Convolution head;

    /// <summary>Lays the network out for a preset.</summary>
    /// <remarks>
    /// The bottleneck runs at the preset's most channels. In the paper the last down block has reached them; in the small presets
    /// the first residual block takes the step.
    /// </remarks>
    public Generator(NetworkPreset preset)
    {
        down = new DownStack(Layout, preset, inputs: 3, preset.GeneratorDown, (name, channels) =>
            new AffineInstanceNorm(Layout, name, channels));
        AdaptiveInstanceNorm Adaptive(string name, long channels) => new(Slots, channels, name);
        residual = Enumerable.Range(0, preset.GeneratorResidual)
            .Select(i =>
            new ResidualBlock(Layout, $"residual{i}", i == 0 ? down.OutputChannels : preset.MaxChannels, preset.MaxChannels, Resample.None,
            Adaptive))
            .ToArray();
        up = new ResidualBlock[preset.GeneratorDown];
        attentionAfter = preset.SelfAttention ? preset.GeneratorDown - 1 - (int)Math.Log2(preset.Size / 64) : -1;
        long channels = preset.MaxChannels;
        for (var i = 0; i < up.Length; i++)
        {
            var outputs = preset.Channels(preset.GeneratorDown - 1 - i);
            up[i] = new ResidualBlock(Layout, $"up{i}", channels, outputs, Resample.Up, Adaptive);
            channels = outputs;
            if (i == attentionAfter) attention = new SelfAttention(Layout, $"up{i}.attention", channels);
        }

        headNorm = Adaptive("head.norm", channels);
        head = new Convolution(Layout, "head.conv", channels, 3, 3, hasBias: true);
    }

    /// <summary>The parameter table of ψ (without P).</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>The places of the adaptive norms inside ψ̂.</summary>
    public AdaptiveSlots Slots { get; } = new();

    /// <summary>Landmark images float32[B, 3, S, S] in −1…1 and ψ̂ float32[B or 1, Slots.Length] to frames float32[B, 3, S, S] in
    /// −1…1.</summary>
    public Tensor Forward(Tensor landmarks, Tensor adaptive, BoundParameters parameters)
    {
        var x = down.Forward(landmarks, parameters)[^1];
        foreach (var block in residual) x = block.Forward(x, parameters, adaptive);
        for (var i = 0; i < up.Length; i++)
        {
            x = up[i].Forward(x, parameters, adaptive);
            if (i == attentionAfter) x = attention!.Forward(x, parameters);
        }

        return tanh(head.Forward(nn.functional.relu(headNorm.Forward(x, parameters, adaptive)), parameters));
    }

    internal OnnxValue Export(ExportScope scope, OnnxValue landmarks)
    {
        var graph = scope.Graph;
        var x = down.Export(scope, landmarks);
        foreach (var block in residual) x = block.Export(scope, x);
        for (var i = 0; i < up.Length; i++)
        {
            x = up[i].Export(scope, x);
            if (i == attentionAfter) x = attention!.Export(scope, x);
        }

        x = graph.Relu(headNorm.Export(scope, x));
        return graph.Interleave(graph.Tanh(graph.Convolve(x, head.Kernel(scope).FourAtOnce(), stride: 2, padding: 1)));
    }
}
