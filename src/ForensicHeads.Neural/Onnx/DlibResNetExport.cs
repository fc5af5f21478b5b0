namespace ForensicHeads.Neural.Onnx;

/// <summary>Writes dlib's face recogniser (<c>dlib_face_recognition_resnet_model_v1</c>, King 2017) as ONNX, from weights in the layout of
/// face-api.js.</summary>
/// <remarks>
/// A 7×7 convolution at stride 2 and the maximum of 3×3 at stride 2; then residual blocks of two 3×3 convolutions with 32, 64, 128, 256 and
/// 256 channels, the first of each but the 32s at stride 2 without padding, beside a 2×2 mean; what is smaller or has fewer channels gets
/// zeros at its end. Norms are folded into a scale and a shift. The mean over positions goes through a matrix.
/// </remarks>
public static class DlibResNetExport
{
    /// <summary>Side of the pictures in pixels.</summary>
    public const int Size = 150;

    /// <summary>Length of the vectors.</summary>
    public const int Length = 128;

    private const float Step = 1f / 256;
    private static readonly float[] Mean = [122.782f, 117.001f, 104.298f];
    private static readonly string[] Blocks =
    [
        "conv32_1", "conv32_2", "conv32_3", "conv64_down", "conv64_1", "conv64_2", "conv64_3", "conv128_down", "conv128_1", "conv128_2",
        "conv256_down", "conv256_1", "conv256_2", "conv256_down_out",
    ];

    /// <summary>Writes it.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <returns>A network from <c>frames</c>, float32[batch, 3, 150, 150] in R G B 0…255, to <c>vectors</c>,
    /// float32[batch, 128, 1, 1].</returns>
    /// <exception cref="UserErrorException">The weights are another network's.</exception>
    public static OnnxModel Write(TfJsWeights weights, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var graph = new OnnxGraph("dlib-resnet");
        var frames = graph.Input("frames", Mean.Length, Size, Size);
        var x = graph.With(graph.With(frames, "Sub", Mean), "Mul", Step);
        x = graph.Relu(Convolve(graph, weights, x, "conv32_down", stride: 2, padding: 0));
        x = graph.PoolByMaximum(x, side: 3, stride: 2);
        x = Blocks.Aggregate(x, (map, block) => Residual(graph, weights, map, block));
        var matrix = Get(weights, "fc", 2);
        var kernel = new ConvolutionKernel("fc", Turned(matrix.Values, 1, (int)matrix.Shape[0], (int)matrix.Shape[1]), (int)matrix.Shape[1],
            (int)matrix.Shape[0], 1, Bias: null);
        graph.Output("vectors", graph.Convolve(graph.Mean(x), kernel, stride: 1, padding: 0));
        return graph.ToModel(metadata);
    }

    private static OnnxValue Residual(OnnxGraph graph, TfJsWeights weights, OnnxValue x, string name)
    {
        var halves = name.Contains("down", StringComparison.Ordinal);
        var inner = graph.Relu(Convolve(graph, weights, x, $"{name}/conv1", halves ? 2 : 1, halves ? 0 : 1));
        inner = Convolve(graph, weights, inner, $"{name}/conv2", stride: 1, padding: 1);
        var passed = halves ? graph.Halve(x) : x;
        var (channels, height, width) =
            (Math.Max(passed.Channels, inner.Channels), Math.Max(passed.Height, inner.Height), Math.Max(passed.Width, inner.Width));
        return graph.Relu(graph.Add(graph.PadTo(inner, channels, height, width), graph.PadTo(passed, channels, height, width)));
    }

    // Convolution, then scale and shift of each channel, as one convolution.
    private static OnnxValue Convolve(OnnxGraph graph, TfJsWeights weights, OnnxValue x, string name, int stride, int padding)
    {
        var filters = Get(weights, $"{name}/conv/filters", 4);
        var (side, inputs, outputs) = ((int)filters.Shape[0], (int)filters.Shape[2], (int)filters.Shape[3]);
        if (inputs != x.Channels) throw Other($"{name} takes {inputs} channels where {x.Channels} come");
        var (bias, scale, shift) = (Get(weights, $"{name}/conv/bias", 1).Values, Get(weights, $"{name}/scale/weights", 1).Values,
            Get(weights, $"{name}/scale/biases", 1).Values);
        var taps = Turned(filters.Values, side * side, inputs, outputs);
        for (var i = 0; i < taps.Length; i++) taps[i] *= scale[i / (inputs * side * side)];
        var kernel = new ConvolutionKernel(name, taps, outputs, inputs, side,
            [.. Enumerable.Range(0, outputs).Select(o => (bias[o] * scale[o]) + shift[o])]);
        return graph.Convolve(x, kernel, stride, padding);
    }

    // [position, in, out] to [out, in, position].
    private static float[] Turned(float[] values, int positions, int inputs, int outputs)
    {
        var result = new float[values.Length];
        for (var o = 0; o < outputs; o++)
        {
            for (var c = 0; c < inputs; c++)
            {
                for (var p = 0; p < positions; p++)
                    result[(((o * inputs) + c) * positions) + p] = values[(((p * inputs) + c) * outputs) + o];
            }
        }

        return result;
    }

    private static NamedTensor Get(TfJsWeights weights, string name, int sides) =>
        weights.Tensors.TryGetValue(name, out var tensor) && tensor.Shape.Count == sides ? tensor : throw Other($"there is no {name}");

    private static UserErrorException Other(string what) =>
        new($"The weights are not those of dlib's face recogniser: {what}. Fetch them again with models fetch.");
}
