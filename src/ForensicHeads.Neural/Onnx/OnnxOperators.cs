namespace ForensicHeads.Neural.Onnx;

/// <summary>The operators that the networks are made of, with the shapes that they give.</summary>
internal static class OnnxOperators
{
    /// <summary>A convolution with equal zero padding on all sides.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">Its input.</param>
    /// <param name="kernel">Its weights; of several groups those of one output, over the channels of its own group.</param>
    /// <param name="stride">Pixels from one output to the next.</param>
    /// <param name="padding">Zeros on each side.</param>
    /// <param name="dilation">Pixels from one tap to the next.</param>
    /// <param name="groups">Groups of channels that know nothing of each other.</param>
    public static OnnxValue Convolve(this OnnxGraph graph, OnnxValue x, ConvolutionKernel kernel, int stride, int padding, int dilation = 1,
        int groups = 1)
    {
        var weights = graph.Constant($"{kernel.Name}.weight", kernel.Weights, kernel.Outputs, kernel.Inputs, kernel.Side, kernel.Side);
        var node = graph.Node("Conv", kernel.Name, [x.Name, weights, .. Bias(graph, kernel)],
            [.. Window(kernel.Side, stride, padding), OnnxAttribute.Of("dilations", [dilation, dilation]),
                .. groups > 1 ? [OnnxAttribute.Of("group", (long)groups)] : Array.Empty<global::Onnx.AttributeProto>()]);
        int Sides(int side) => ((side + (2 * padding) - (dilation * (kernel.Side - 1)) - 1) / stride) + 1;
        var result = new OnnxValue(node, kernel.Outputs, Sides(x.Height), Sides(x.Width));
        graph.Count(result.Count * kernel.Inputs * kernel.Side * kernel.Side);
        return result;
    }

    /// <summary>A transposed convolution of <see cref="ConvolutionKernel.AfterDoubling"/>: twice the size.</summary>
    public static OnnxValue ConvolveDoubled(this OnnxGraph graph, OnnxValue x, ConvolutionKernel kernel)
    {
        var weights = graph.Constant($"{kernel.Name}.weight", kernel.Weights, kernel.Inputs, kernel.Outputs, kernel.Side, kernel.Side);
        var node = graph.Node("ConvTranspose", kernel.Name, [x.Name, weights, .. Bias(graph, kernel)],
            [.. Window(kernel.Side, stride: 2, padding: 1)]);
        graph.Count(x.Count * kernel.Outputs * kernel.Side * kernel.Side);
        return new OnnxValue(node, kernel.Outputs, 2 * x.Height, 2 * x.Width);
    }

    /// <summary>(x − mean) / sqrt(variance + epsilon) · scale + bias over each channel of each picture.</summary>
    public static OnnxValue InstanceNorm(this OnnxGraph graph, OnnxValue x, string name, float[] scale, float[] bias, double epsilon) =>
        x with
        {
            Name = graph.Node("InstanceNormalization", name,
            [x.Name, graph.Constant($"{name}.scale", scale, scale.Length), graph.Constant($"{name}.bias", bias, bias.Length)],
            OnnxAttribute.Of("epsilon", (float)epsilon)),
        };

    /// <summary>max(0, x).</summary>
    public static OnnxValue Relu(this OnnxGraph graph, OnnxValue x) => x with { Name = graph.Node("Relu", $"{x.Name}.relu", [x.Name]) };

    /// <summary>x where it is positive, else slope · x.</summary>
    public static OnnxValue LeakyRelu(this OnnxGraph graph, OnnxValue x, double slope) =>
        x with { Name = graph.Node("LeakyRelu", $"{x.Name}.leaky", [x.Name], OnnxAttribute.Of("alpha", (float)slope)) };

    /// <summary>(x − mean) / sqrt(variance + epsilon) · scale + bias with fixed means and variances, one a channel.</summary>
    public static OnnxValue BatchNorm(this OnnxGraph graph, OnnxValue x, string name, float[] scale, float[] bias, float[] mean,
        float[] variance, double epsilon)
    {
        string Channels(string part, float[] values) => graph.Constant($"{name}.{part}", values, values.Length);
        return x with
        {
            Name = graph.Node("BatchNormalization", name,
                [x.Name, Channels("scale", scale), Channels("bias", bias), Channels("mean", mean), Channels("variance", variance)],
                OnnxAttribute.Of("epsilon", (float)epsilon)),
        };
    }

    /// <summary>The mean of each channel over all positions, as a map of one position.</summary>
    public static OnnxValue Mean(this OnnxGraph graph, OnnxValue x) =>
        new(graph.Node("GlobalAveragePool", $"{x.Name}.mean", [x.Name]), x.Channels, 1, 1);

    /// <summary>The channels of several maps of one size, one after the other.</summary>
    public static OnnxValue Join(this OnnxGraph graph, params OnnxValue[] maps) =>
        maps[0] with
        {
            Name = graph.Node("Concat", $"{maps[0].Name}.join", maps.Select(map => map.Name), OnnxAttribute.Of("axis", 1L)),
            Channels = maps.Sum(map => map.Channels)
        };

    /// <summary>The largest of each side × side pixels.</summary>
    public static OnnxValue PoolByMaximum(this OnnxGraph graph, OnnxValue x, int side) => graph.PoolByMaximum(x, side, side);

    /// <summary>The largest of each side × side pixels, at every stride-th of them.</summary>
    public static OnnxValue PoolByMaximum(this OnnxGraph graph, OnnxValue x, int side, int stride) =>
        new(graph.Node("MaxPool", $"{x.Name}.pool", [x.Name], [.. Window(side, stride, 0)]), x.Channels, ((x.Height - side) / stride) + 1,
            ((x.Width - side) / stride) + 1);

    /// <summary>An operator on each value and one number: Sub, Mul, Max, Min.</summary>
    public static OnnxValue With(this OnnxGraph graph, OnnxValue x, string type, float number) =>
        x with { Name = graph.Node(type, $"{x.Name}.{type}", [x.Name, graph.Constant($"{x.Name}.number", [number])]) };

    /// <summary>An operator on each value and a number of its channel: Sub, Mul.</summary>
    public static OnnxValue With(this OnnxGraph graph, OnnxValue x, string type, float[] numbers) =>
        x with
        {
            Name = graph.Node(type, $"{x.Name}.{type}", [x.Name, graph.Constant($"{x.Name}.numbers", numbers, numbers.Length, 1, 1)]),
        };

    /// <summary>Zeros after the last channel, row and column, up to a size.</summary>
    public static OnnxValue PadTo(this OnnxGraph graph, OnnxValue x, int channels, int height, int width)
    {
        if ((x.Channels, x.Height, x.Width) == (channels, height, width)) return x;
        var pads = graph.Constant($"{x.Name}.pads", 0L, 0L, 0L, 0L, 0L, channels - x.Channels, height - x.Height, width - x.Width);
        return new OnnxValue(graph.Node("Pad", $"{x.Name}.pad", [x.Name, pads]), channels, height, width);
    }

    /// <summary>tanh x.</summary>
    public static OnnxValue Tanh(this OnnxGraph graph, OnnxValue x) => x with { Name = graph.Node("Tanh", $"{x.Name}.tanh", [x.Name]) };

    /// <summary>a + b.</summary>
    public static OnnxValue Add(this OnnxGraph graph, OnnxValue a, OnnxValue b) =>
        a with { Name = graph.Node("Add", $"{a.Name}.add", [a.Name, b.Name]) };

    /// <summary>The mean of each 2×2 pixels.</summary>
    public static OnnxValue Halve(this OnnxGraph graph, OnnxValue x) => Pool(graph, "AveragePool", x);

    /// <summary>The largest of each 2×2 pixels.</summary>
    public static OnnxValue HalveByMaximum(this OnnxGraph graph, OnnxValue x) => Pool(graph, "MaxPool", x);

    /// <summary>Every pixel repeated 2×2 times.</summary>
    public static OnnxValue Double(this OnnxGraph graph, OnnxValue x)
    {
        var scales = graph.Constant($"{x.Name}.scales", [1f, 1f, 2f, 2f], 4);
        var node = graph.Node("Resize", $"{x.Name}.double", [x.Name, "", scales],
            OnnxAttribute.Of("mode", "nearest"), OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"),
                OnnxAttribute.Of("nearest_mode", "floor"));
        return new OnnxValue(node, x.Channels, 2 * x.Height, 2 * x.Width);
    }

    /// <summary>The pixels of <see cref="ConvolutionKernel.FourAtOnce"/> at their places: a quarter of the channels, twice the
    /// size.</summary>
    public static OnnxValue Interleave(this OnnxGraph graph, OnnxValue x) =>
        new(graph.Node(
            "DepthToSpace", $"{x.Name}.interleave", [x.Name], OnnxAttribute.Of("blocksize", 2L), OnnxAttribute.Of("mode", "DCR")),
            x.Channels / 4, 2 * x.Height, 2 * x.Width);

    /// <summary>The same values as one row of positions, or back as a picture.</summary>
    public static OnnxValue Reshape(this OnnxGraph graph, OnnxValue x, int height, int width)
    {
        // 0 takes the batch as it is.
        var shape = height == 1 ? graph.Constant($"{x.Name}.shape", 0L, x.Channels, width)
            : graph.Constant($"{x.Name}.shape", 0L, x.Channels, height, width);
        return new OnnxValue(graph.Node("Reshape", $"{x.Name}.reshape", [x.Name, shape]), x.Channels, height, width);
    }

    private static string[] Bias(OnnxGraph graph, ConvolutionKernel kernel) =>
        kernel.Bias is null ? [] : [graph.Constant($"{kernel.Name}.bias", kernel.Bias, kernel.Outputs)];

    private static OnnxValue Pool(OnnxGraph graph, string type, OnnxValue x) =>
        new(graph.Node(type, $"{x.Name}.halve", [x.Name], [.. Window(2, 2, 0)]), x.Channels, x.Height / 2, x.Width / 2);

    private static IEnumerable<global::Onnx.AttributeProto> Window(int side, int stride, int padding) =>
    [
        OnnxAttribute.Of("kernel_shape", [side, side]),
        OnnxAttribute.Of("strides", [stride, stride]),
        OnnxAttribute.Of("pads", [padding, padding, padding, padding]),
    ];
}

/// <summary>The folded weights of a convolution, and the kernels that do the work of a 3×3 convolution and a resampling in one
/// step.</summary>
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

    /// <summary>This 3×3 convolution followed by a mean over 2×2, as 4×4 at stride 2: 16 products for an output pixel where the two need
    /// 36.</summary>
    public ConvolutionKernel ThenHalving() =>
        this with { Side = Wide, Weights = Spread((tap, half) => tap + half, factor: 0.25f, swap: false) };

    /// <summary>
    /// This 3×3 convolution after doubling by repetition, as a transposed convolution of 4×4 at stride 2: 16 products for an input pixel
    /// where 36 were. <see cref="Weights"/> are [Inputs, Outputs, 4, 4], as ConvTranspose wants them.
    /// </summary>
    public ConvolutionKernel AfterDoubling() =>
        this with { Side = Wide, Weights = Spread((tap, half) => half - tap + 2, factor: 1, swap: true) };

    /// <summary>
    /// This 3×3 convolution for four output pixels at once, as 4×4 at stride 2 with four times the channels: channel p · Outputs + o is
    /// output o at row p / 2, column p % 2. It does more products than needed; but a few output channels alone leave most lanes of the
    /// processor empty.
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

        return this
            with
        {
            Side = Wide,
            Outputs = 4 * Outputs,
            Weights = result,
            Bias = Bias is null ? null
            : [.. Bias, .. Bias, .. Bias, .. Bias]
        };
    }

    // Every tap of the 3×3 is added at four places: those it takes for each of 2×2 pixels.
    private float[] Spread(Func<int, int, int> place, float factor, bool swap)
    {
        if (Side != 3) throw new InvalidOperationException(
            $"Only 3×3 convolutions are joined with a resampling; {Name} has {Side}×{Side}.");
        var result = new float[Outputs * Inputs * Wide * Wide];
        for (var output = 0; output < Outputs; output++)
        {
            for (var input = 0; input < Inputs; input++)
            {
                var from = Weights.AsSpan(((output * Inputs) + input) * 9, 9);
                var to = result.AsSpan((swap ? (input * Outputs) + output : (output * Inputs) + input) * Wide * Wide, Wide * Wide);
                for (var tap = 0; tap < 9; tap++)
                {
                    for (var pixel = 0; pixel < 4; pixel++) to[(place(tap / 3, pixel / 2) * Wide) + place(tap % 3, pixel % 2)] += factor
                        * from[tap];
                }
            }
        }

        return result;
    }
}
