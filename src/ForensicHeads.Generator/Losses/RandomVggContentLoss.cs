using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>
/// L1 between the features of a fixed network with VGG's first layers of five stages (16 to 128 channels) and random weights, each
/// layer's output divided by the mean magnitude of the true frame's, plus L1 of the frames themselves.
/// </summary>
public sealed class RandomVggContentLoss : IContentLoss
{
    private static readonly int[] Channels = [16, 32, 64, 128, 128];
    private readonly DeviceConstants weights;

    /// <summary>Draws the weights from a seeded stream.</summary>
    public RandomVggContentLoss(long seed)
    {
        var inputs = 3;
        var drawn = new (float[] Values, long[] Shape)[Channels.Length];
        for (var i = 0; i < Channels.Length; i++)
        {
            var random = new SeededRandom(seed, $"random-vgg/{i}");
            var deviation = Math.Sqrt(2.0 / (9 * inputs));
            var values = new float[Channels[i] * inputs * 9];
            foreach (ref var value in values.AsSpan()) value = (float)random.Gaussian(0, deviation);
            drawn[i] = (values, [Channels[i], inputs, 3, 3]);
            inputs = Channels[i];
        }

        weights = new DeviceConstants(device => Array.ConvertAll(drawn, layer => layer.Values.ToTensor(device, layer.Shape)));
    }

    /// <inheritdoc/>
    public string Name => "random-vgg";

    /// <inheritdoc/>
    public Tensor Of(Tensor generated, Tensor truth, Tensor? scales = null)
    {
        var pixels = (generated - truth).abs().mean();
        return FeatureDistance.Of(Features(generated), Features(truth), scales, pixels).DividedBy(Channels.Length + 1);
    }

    /// <inheritdoc/>
    public Tensor Scales(Tensor truth) => FeatureDistance.Scales(Features(truth));

    /// <inheritdoc/>
    public void Dispose() => weights.Dispose();

    private List<Tensor> Features(Tensor frames)
    {
        var layers = new List<Tensor>(Channels.Length);
        foreach (var kernel in weights.On(frames.device))
        {
            var input = layers.Count == 0 ? frames : nn.functional.avg_pool2d(layers[^1], 2);
            layers.Add(nn.functional.relu(nn.functional.conv2d(input, kernel, padding: [1, 1])));
        }

        return layers;
    }
}
