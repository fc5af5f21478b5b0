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
    public Tensor Of(Tensor generated, Tensor truth)
    {
        var total = (generated - truth).abs().mean();
        var kernels = weights.On(truth.device);
        var (x, t) = (generated, truth);
        for (var i = 0; i < kernels.Count; i++)
        {
            if (i > 0) (x, t) = (nn.functional.avg_pool2d(x, 2), nn.functional.avg_pool2d(t, 2));
            x = nn.functional.relu(nn.functional.conv2d(x, kernels[i], padding: [1, 1]));
            t = nn.functional.relu(nn.functional.conv2d(t, kernels[i], padding: [1, 1]));
            total = total.Plus((x - t).abs().mean() / t.detach().abs().mean().AtLeast(1e-3));
        }

        return total.DividedBy(kernels.Count + 1);
    }

    /// <inheritdoc/>
    public void Dispose() => weights.Dispose();
}
