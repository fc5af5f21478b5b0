namespace ForensicHeads.Neural.Onnx;

/// <summary>The folded weights of a convolution, and the kernels that do the work of a 3×3 convolution and a resampling in one step.</summary>
/// <param name="Name">Prefix of names in the graph.</param>
/// <param name="Weights">[Outputs, Inputs, Side, Side].</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Side">Rows and columns of the kernel.</param>
/// <param name="Bias">[Outputs], or null.</param>
internal sealed record ConvolutionKernel(string Name, float[] Weights, int Outputs, int Inputs, int Side, float[]? Bias)
{
    // A 3×3 kernel spread over 2×2 pixels covers 4×4.
    private const int Wide = 4;

    /// <summary>This 3×3 convolution followed by a mean over 2×2, as 4×4 at stride 2: 16 products for an output pixel where the two need 36.</summary>
    public ConvolutionKernel ThenHalving() => this with { Side = Wide, Weights = Spread((tap, half) => tap + half, factor: 0.25f, swap: false) };

    /// <summary>
    /// This 3×3 convolution after doubling by repetition, as a transposed convolution of 4×4 at stride 2: 16 products for an input pixel where
    /// 36 were. <see cref="Weights"/> are [Inputs, Outputs, 4, 4], as ConvTranspose wants them.
    /// </summary>
    public ConvolutionKernel AfterDoubling() => this with { Side = Wide, Weights = Spread((tap, half) => half - tap + 2, factor: 1, swap: true) };

    /// <summary>
    /// This 3×3 convolution for four output pixels at once, as 4×4 at stride 2 with four times the channels: channel p · Outputs + o is output o
    /// at row p / 2, column p % 2. It does more products than needed; but a few output channels alone leave most lanes of the processor empty.
    /// </summary>
    public ConvolutionKernel FourAtOnce()
    {
        var result = new float[4 * Outputs * Inputs * Wide * Wide];
        for (var pixel = 0; pixel < 4; pixel++)
        {
            for (var pair = 0; pair < Outputs * Inputs; pair++)
            {
                for (var tap = 0; tap < 9; tap++)
                {
                    var (row, column) = ((tap / 3) + (pixel / 2), (tap % 3) + (pixel % 2));
                    result[(((((pixel * Outputs * Inputs) + pair) * Wide) + row) * Wide) + column] = Weights[(pair * 9) + tap];
                }
            }
        }

        return this with { Side = Wide, Outputs = 4 * Outputs, Weights = result, Bias = Bias is null ? null : [.. Bias, .. Bias, .. Bias, .. Bias] };
    }

    // Every tap of the 3×3 is added at four places: those it takes for each of 2×2 pixels.
    private float[] Spread(Func<int, int, int> place, float factor, bool swap)
    {
        if (Side != 3) throw new InvalidOperationException($"Only 3×3 convolutions are joined with a resampling; {Name} has {Side}×{Side}.");
        var result = new float[Outputs * Inputs * Wide * Wide];
        for (var output = 0; output < Outputs; output++)
        {
            for (var input = 0; input < Inputs; input++)
            {
                var from = Weights.AsSpan(((output * Inputs) + input) * 9, 9);
                var to = result.AsSpan((swap ? (input * Outputs) + output : (output * Inputs) + input) * Wide * Wide, Wide * Wide);
                for (var tap = 0; tap < 9; tap++)
                {
                    for (var pixel = 0; pixel < 4; pixel++) to[(place(tap / 3, pixel / 2) * Wide) + place(tap % 3, pixel % 2)] += factor * from[tap];
                }
            }
        }

        return result;
    }
}
