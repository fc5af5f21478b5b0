using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Layers;

public sealed class ResampledConvolutionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_joined_convolution_and_its_gradients_are_those_of_the_pair(bool pools)
    {
        var results = new List<Tensor[]>();
        foreach (var joined in new[] { false, true })
        {
            var (x, weight, bias) = (Leaf("x", 2, 3, 6, 8), Leaf("weight", 5, 3, 3, 3), Leaf("bias", 5));
            var y = (pools, joined) switch
            {
                (true, true) => ResampledConvolution.ThenPool(x, weight, bias),
                (true, false) => nn.functional.avg_pool2d(nn.functional.conv2d(x, weight, bias, padding: [1, 1]), 2),
                (false, true) => ResampledConvolution.AfterDoubling(x, weight, bias),
                _ => nn.functional.conv2d(nn.functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest), weight, bias,
                    padding: [1, 1]),
            };
            // Unequal weights, so that no place can stand for another.
            (y * Tiny.Random("slope", y.shape)).sum().backward();
            results.Add([y, x.grad!, weight.grad!, bias.grad!]);
        }

        foreach (var (pair, joined) in results[0].Zip(results[1]))
        {
            Assert.Equal(pair.shape, joined.shape);
            Assert.True(Tiny.Distance(pair, joined) < 1e-4);
        }
    }

    private static Tensor Leaf(string name, params long[] shape) => Tiny.Random(name, shape).requires_grad_(true);
}
