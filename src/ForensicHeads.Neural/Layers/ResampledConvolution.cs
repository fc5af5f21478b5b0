using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>
/// A 3×3 convolution joined with the resampling beside it. Both are linear, so the pair is one convolution with a kernel made from the
/// 3×3 one: the same result, up to rounding, with 16 multiplications a pixel in place of 36.
/// </summary>
public static class ResampledConvolution
{
    // One axis. Pooling: output i averages the convolution at 2i and 2i + 1, which see four inputs from 2i − 1 on.
    private static readonly float[,] PoolAxis = { { 0.5f, 0.5f, 0, 0 }, { 0, 0.5f, 0.5f, 0 }, { 0, 0, 0.5f, 0.5f } };

    // Doubling: the even output sees inputs i − 1 (tap 0) and i (taps 1 and 2), the odd one i (taps 0 and 1) and i + 1 (tap 2). Columns:
    // even, even, odd, odd.
    private static readonly float[,] DoubleAxis = { { 1, 0, 1, 0 }, { 0, 1, 1, 0 }, { 0, 1, 0, 1 } };

    private static readonly DeviceConstants PoolKernel = new(device => [BothAxes(PoolAxis).ToTensor(device)]);
    private static readonly DeviceConstants DoubleKernel = new(device => [BothAxes(DoubleAxis).ToTensor(device)]);

    /// <summary>3×3 convolution with zero padding, then the mean of 2×2: float32[N, in, H, W] → float32[N, out, H/2, W/2].</summary>
    /// <param name="x">The input; H and W are even.</param>
    /// <param name="weight">float32[out, in, 3, 3].</param>
    /// <param name="bias">float32[out] or null.</param>
    public static Tensor ThenPool(Tensor x, Tensor weight, Tensor? bias)
    {
        var kernel = weight.view(-1, 9).mm(PoolKernel.On(weight.device)[0]).view(weight.shape[0], weight.shape[1], 4, 4);
        return nn.functional.conv2d(x, kernel, bias, strides: [2, 2], padding: [1, 1]);
    }

    /// <summary>Nearest-neighbour doubling, then a 3×3 convolution with zero padding: float32[N, in, H, W] → float32[N, out, 2H,
    /// 2W].</summary>
    /// <param name="x">The input.</param>
    /// <param name="weight">float32[out, in, 3, 3].</param>
    /// <param name="bias">float32[out] or null.</param>
    public static Tensor AfterDoubling(Tensor x, Tensor weight, Tensor? bias)
    {
        var (outputs, inputs) = (weight.shape[0], weight.shape[1]);
        var (n, h, w) = (x.shape[0], x.shape[2], x.shape[3]);
        // A 2×2 kernel for each of the four places inside an output block.
        var kernels =
            weight.view(-1, 9).mm(DoubleKernel.On(weight.device)[0]).view(outputs, inputs, 2, 2, 2, 2).permute(2, 4, 0, 1, 3, 5)
            .reshape(4 * outputs, inputs, 2, 2);
        var places = nn.functional.conv2d(x, kernels, bias?.repeat(4), padding: [1, 1]).view(n, 2, 2, outputs, h + 1, w + 1);
        var rows = new Tensor[2];
        for (var row = 0; row < 2; row++)
        {
            Tensor Place(int column) => places.select(1, row).select(1, column).narrow(2, row, h).narrow(3, column, w);
            rows[row] = stack([Place(0), Place(1)], -1);
        }

        return stack(rows, -3).reshape(n, outputs, 2 * h, 2 * w);
    }

    // The Kronecker product of an axis with itself: [9, 16] from [3, 4].
    private static float[,] BothAxes(float[,] axis)
    {
        var both = new float[9, 16];
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 16; j++) both[i, j] = axis[i / 3, j / 4] * axis[i % 3, j % 4];
        }

        return both;
    }
}
