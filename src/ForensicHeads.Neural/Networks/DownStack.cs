using static TorchSharp.torch;

namespace ForensicHeads.Neural.Networks;

/// <summary>A run of downsampling residual blocks: the body that embedder, generator and discriminator share.</summary>
internal sealed class DownStack
{
    private readonly ResidualBlock[] blocks;
    private readonly SelfAttention? attention;
    private readonly int attentionAfter;

    public DownStack(ParameterLayout layout, NetworkPreset preset, long inputs, int count, Func<string, long, INorm>? norm)
    {
        blocks = new ResidualBlock[count];
        attentionAfter = preset.SelfAttention ? (int)Math.Log2(preset.Size / 32) - 1 : -1;
        for (var i = 0; i < count; i++)
        {
            blocks[i] = new ResidualBlock(
                layout, $"down{i}", i == 0 ? inputs : preset.Channels(i - 1), preset.Channels(i), Resample.Down, i == 0 ? null : norm,
                    preActivation: i > 0);
            if (i == attentionAfter) attention = new SelfAttention(layout, $"down{i}.attention", preset.Channels(i));
        }

        OutputChannels = preset.Channels(count - 1);
    }

    public long OutputChannels { get; }

    /// <summary>The output of every block.</summary>
    public Tensor[] Forward(Tensor x, BoundParameters parameters)
    {
        var outputs = new Tensor[blocks.Length];
        for (var i = 0; i < blocks.Length; i++)
        {
            x = blocks[i].Forward(x, parameters);
            if (i == attentionAfter) x = attention!.Forward(x, parameters);
            outputs[i] = x;
        }

        return outputs;
    }

    /// <summary>Writes the blocks into a graph; returns the output of the last.</summary>
    public OnnxValue Export(ExportScope scope, OnnxValue x)
    {
        for (var i = 0; i < blocks.Length; i++)
        {
            x = blocks[i].Export(scope, x);
            if (i == attentionAfter) x = attention!.Export(scope, x);
        }

        return x;
    }
}
