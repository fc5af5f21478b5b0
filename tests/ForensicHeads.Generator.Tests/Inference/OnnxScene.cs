using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Inference;

/// <summary>Networks to export, and what libtorch computes with them.</summary>
internal static class OnnxScene
{
    /// <summary>64 px, the smallest that has self-attention, with few channels, none of them a power of two.</summary>
    public static NetworkPreset Preset(bool attention) => new()
    {
        Name = "narrow",
        Size = 64,
        MinChannels = 12,
        MaxChannels = 40,
        Embedding = 40,
        EmbedderBlocks = 3,
        GeneratorDown = 2,
        GeneratorResidual = 2,
        DiscriminatorBlocks = 3,
        SelfAttention = attention,
    };

    /// <summary>Fresh networks; attention starts at γ = 0, where it would not be seen, and is given some weight.</summary>
    public static GeneratorWeights Weights(bool attention)
    {
        var weights = new GeneratorWeights(Preset(attention), 7);
        using var _ = no_grad();
        foreach (var network in new[] { weights.Embedder, weights.Generator })
        {
            foreach (var entry in network.Layout.Entries.Where(entry => entry.Name.EndsWith(".gamma", StringComparison.Ordinal)))
            {
                using var gamma = network.Values.narrow(0, entry.Offset, 1);
                gamma.fill_(0.7);
            }
        }

        return weights;
    }

    /// <summary>The exported embedder.</summary>
    public static OnnxNetwork Embedder(GeneratorWeights weights) => new(
        EmbedderExport.Write(weights.Architecture.Embedder, weights.Preset.Size, weights.Embedder, new Dictionary<string, string>()).Bytes,
        "embedder.onnx", EmbedderExport.Input, 6, EmbedderExport.Output);

    /// <summary>Values between −1 and 1 from a fixed stream.</summary>
    public static float[] Values(string name, int count)
    {
        var random = new SeededRandom(1, name);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.Uniform(-1, 1))];
    }

    /// <summary>Frames of libtorch.</summary>
    public static float[] Frames(GeneratorWeights weights, float[] adaptive, float[] landmarks, int count)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var size = weights.Preset.Size;
        return weights.Architecture.Generator.Forward(tensor(landmarks, [count, 3, size, size]), tensor(adaptive, [1, adaptive.Length]),
            weights.Generator.Bind(learn: false, advance: false)).ToArray();
    }

    /// <summary>Vectors of libtorch.</summary>
    public static float[] Vectors(GeneratorWeights weights, float[] pairs, int count)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var size = weights.Preset.Size;
        return weights.Architecture.Embedder.Forward(
            tensor(pairs, [count, 6, size, size]), weights.Embedder.Bind(learn: false, advance: false)).ToArray();
    }

    /// <summary>ψ̂ of an embedding of noise.</summary>
    public static float[] Adaptive(GeneratorWeights weights)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var n = weights.Preset.Embedding;
        return weights.Architecture.Projection.Forward(
            tensor(Values("embedding", n), [1, n]), weights.Projection.Bind(learn: false, advance: false)).ToArray();
    }

    /// <summary>Largest absolute difference.</summary>
    public static float Distance(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second));
    }
}
