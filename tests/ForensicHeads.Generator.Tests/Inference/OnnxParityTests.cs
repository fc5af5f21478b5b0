namespace ForensicHeads.Generator.Tests.Inference;

/// <summary>What ONNX Runtime computes against what libtorch computes, in values of −1…1.</summary>
public sealed class OnnxParityTests
{
    private const float Tolerance = 1e-4f;
    private static readonly Dictionary<string, string> NoMetadata = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_exported_generator_of_fresh_weights_gives_the_same_frames(bool attention)
    {
        using var weights = OnnxScene.Weights(attention);
        SameFrames(weights, 1, 3, 8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_exported_embedder_of_fresh_weights_gives_the_same_vectors(bool attention)
    {
        using var weights = OnnxScene.Weights(attention);
        SameVectors(weights, 1, 3, 8);
    }

    [Fact]
    public void The_shipped_weights_give_the_same_frames_and_vectors()
    {
        using var weights = GeneratorWeights.Load(Shipped("heads-64"));
        SameFrames(weights, 1, 3);
        SameVectors(weights, 1, 3);
    }

    [Theory]
    [InlineData("down0.conv2.weight")]
    [InlineData("up1.conv1.weight")]
    [InlineData("up1.attention.key.weight")]
    [InlineData("head.conv.bias")]
    public void One_altered_weight_of_the_generator_is_noticed(string name)
    {
        using var weights = OnnxScene.Weights(attention: true);
        var adaptive = OnnxScene.Adaptive(weights);
        var landmarks = OnnxScene.Values("landmarks", 3 * 64 * 64);
        var before = OnnxScene.Frames(weights, adaptive, landmarks, 1);
        var entry = weights.Generator.Layout.Entries.Single(entry => entry.Name == name);
        using (TorchSharp.torch.no_grad())
        {
            using var value = weights.Generator.Values.narrow(0, entry.Offset, 1);
            value.add_(1);
        }

        using var head = new OnnxHead(HeadExport.Write(weights.Architecture.Generator, 64, weights.Generator, adaptive, NoMetadata).Bytes);
        Assert.True(OnnxScene.Distance(before, head.Compute(landmarks, 1)) > 10 * Tolerance);
    }

    [Fact]
    public void A_wrong_number_of_adaptive_coefficients_is_refused()
    {
        using var weights = OnnxScene.Weights(attention: false);
        Assert.Throws<ArgumentException>(() =>
            HeadExport.Write(weights.Architecture.Generator, 64, weights.Generator, new float[3], NoMetadata));
    }

    [Fact]
    public void The_products_of_a_plain_network_are_those_counted_by_hand()
    {
        // Two down blocks of 8 and 16 channels and a residual block of none: counted with the joined 4×4 kernels.
        using var weights = OnnxScene.Weights(attention: false);
        long Block(int inputs, int outputs, int side) =>
            ((9L * inputs * outputs) * side * side) + ((16L * outputs * outputs) + ((long)inputs * outputs)) * (side / 2) * (side / 2);
        var model = EmbedderExport.Write(weights.Architecture.Embedder, 64, weights.Embedder, NoMetadata);
        Assert.Equal(Block(6, 12, 64) + Block(12, 24, 32) + Block(24, 40, 16), model.MultiplyAdds);
    }

    private static void SameFrames(GeneratorWeights weights, params int[] batches)
    {
        var size = weights.Preset.Size;
        var adaptive = OnnxScene.Adaptive(weights);
        using var head =
            new OnnxHead(HeadExport.Write(weights.Architecture.Generator, size, weights.Generator, adaptive, NoMetadata).Bytes);
        foreach (var batch in batches)
        {
            var landmarks = OnnxScene.Values($"landmarks/{batch}", batch * 3 * size * size);
            var expected = OnnxScene.Frames(weights, adaptive, landmarks, batch);
            Assert.True(expected.Max() - expected.Min() > 0.05f, "The frames are flat: they would show no difference.");
            Assert.InRange(OnnxScene.Distance(expected, head.Compute(landmarks, batch)), 0, Tolerance);
        }
    }

    private static void SameVectors(GeneratorWeights weights, params int[] batches)
    {
        var size = weights.Preset.Size;
        using var embedder = OnnxScene.Embedder(weights);
        foreach (var batch in batches)
        {
            var pairs = OnnxScene.Values($"pairs/{batch}", batch * 6 * size * size);
            var expected = OnnxScene.Vectors(weights, pairs, batch);

            // ê is a sum over positions without a fixed range: relative to its largest value, where that is above 1.
            var scale = Math.Max(1, expected.Max(Math.Abs));
            Assert.InRange(OnnxScene.Distance(expected, embedder.Run(pairs, batch)) / scale, 0, Tolerance);
        }
    }

    private static string Shipped(string name) => Repository.At($"src/ForensicHeads.Experiments/Weights/{name}.safetensors");
}
