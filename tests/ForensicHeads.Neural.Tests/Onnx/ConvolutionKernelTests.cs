using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Onnx;

/// <summary>The joined kernels against the two operations that they stand for, on small integers: sums are exact.</summary>
public sealed class ConvolutionKernelTests : IDisposable
{
    private const int Inputs = 3;
    private const int Outputs = 2;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = Integers("x", 2, Inputs, 6, 8);
    private readonly Tensor weights = Integers("w", Outputs, Inputs, 3, 3);
    private readonly ConvolutionKernel kernel;

    public ConvolutionKernelTests() => kernel = new ConvolutionKernel("conv", weights.ToArray(), Outputs, Inputs, 3, [1, -2]);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_convolution_then_halving_is_one_convolution_at_stride_2()
    {
        var joined = kernel.ThenHalving();
        var two = nn.functional.avg_pool2d(nn.functional.conv2d(x, weights, padding: [1, 1]), 2);
        Equal(two, nn.functional.conv2d(x, tensor(joined.Weights, [Outputs, Inputs, 4, 4]), strides: [2, 2], padding: [1, 1]));
    }

    [Fact]
    public void Doubling_then_a_convolution_is_one_transposed_convolution_at_stride_2()
    {
        var joined = kernel.AfterDoubling();
        var two = nn.functional.conv2d(nn.functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest), weights,
            padding: [1, 1]);
        Equal(two, nn.functional.conv_transpose2d(x, tensor(joined.Weights, [Inputs, Outputs, 4, 4]), strides: [2, 2], padding: [1, 1]));
    }

    [Fact]
    public void Four_output_pixels_at_once_are_those_of_the_convolution()
    {
        var joined = kernel.FourAtOnce();
        var each = nn.functional.conv2d(x, weights, tensor(kernel.Bias!), padding: [1, 1]);
        var four = nn.functional.conv2d(x, tensor(joined.Weights, [4 * Outputs, Inputs, 4, 4]), tensor(joined.Bias!), strides: [2, 2],
            padding: [1, 1]);
        for (var pixel = 0; pixel < 4; pixel++)
        {
            var part = each.slice(2, pixel / 2, 6, 2).slice(3, pixel % 2, 8, 2);
            Equal(part, four.narrow(1, pixel * Outputs, Outputs));
        }
    }

    [Fact]
    public void Only_a_3_by_3_convolution_is_joined() =>
        Assert.Throws<InvalidOperationException>(() => (kernel with { Side = 1 }).ThenHalving());

    private static void Equal(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.ToArray(), actual.ToArray());
    }

    private static Tensor Integers(string name, params long[] shape) => (Tiny.Random(name, shape) * 3).round();
}
