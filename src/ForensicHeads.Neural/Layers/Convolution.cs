using static TorchSharp.torch;

namespace ForensicHeads.Neural.Layers;

/// <summary>A square convolution with zero padding, under spectral norm unless told otherwise; keeps the size unless it has a
/// stride.</summary>
public sealed class Convolution
{
    private readonly int weight;
    private readonly int bias;
    private readonly long[] padding;
    private readonly long[] strides;
    private readonly long[] dilations;

    /// <summary>Adds <c>name.weight</c> [out, in, k, k] and, where asked, <c>name.bias</c> [out] to the layout.</summary>
    public Convolution(ParameterLayout layout, string name, long inputs, long outputs, int kernel, bool hasBias, bool spectralNorm = true,
        int stride = 1, int dilation = 1)
    {
        weight = layout.Add($"{name}.weight", Initial.He, spectralNorm, outputs, inputs, kernel, kernel);
        bias = hasBias ? layout.Add($"{name}.bias", Initial.Zeros, spectralNorm: false, outputs) : -1;
        padding = [kernel / 2 * dilation, kernel / 2 * dilation];
        strides = [stride, stride];
        dilations = [dilation, dilation];
    }

    /// <summary>float32[N, in, H, W] → float32[N, out, H / stride, W / stride].</summary>
    public Tensor Forward(Tensor x, BoundParameters parameters) =>
        nn.functional.conv2d(x, parameters[weight], Bias(parameters), strides: strides, padding: padding, dilation: dilations);

    /// <summary>The convolution, a 3×3 one, with the halving after it or the doubling before it.</summary>
    public Tensor Forward(Tensor x, BoundParameters parameters, Resample resample) => resample switch
    {
        Resample.Down => ResampledConvolution.ThenPool(x, parameters[weight], Bias(parameters)),
        Resample.Up => ResampledConvolution.AfterDoubling(x, parameters[weight], Bias(parameters)),
        _ => Forward(x, parameters),
    };

    internal OnnxValue Export(ExportScope scope, OnnxValue x) =>
        scope.Graph.Convolve(x, Kernel(scope), (int)strides[0], (int)padding[0], (int)dilations[0]);

    internal ConvolutionKernel Kernel(ExportScope scope)
    {
        var (name, shape, values, _) = scope[weight];
        return new ConvolutionKernel(ExportScope.Layer(name), values, (int)shape[0], (int)shape[1], (int)shape[2], bias < 0 ? null
            : scope[bias].Values);
    }

    private Tensor? Bias(BoundParameters parameters) => bias < 0 ? null : parameters[bias];
}
