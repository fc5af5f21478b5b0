using global::Onnx;
using Google.Protobuf;

namespace ForensicHeads.Detector.Tests.Foreign;

/// <summary>Networks of one matrix, so that what they say of a picture can be worked out by hand: y[k] = Σ w[k, i] · x[i] over the item's
/// numbers in the order of its tensor.</summary>
internal static class TinyNetwork
{
    public const string Input = "x";
    public const string Output = "y";

    /// <summary>Weights that differ from place to place and from output to output.</summary>
    public static float[][] Weights(int outputs, int numbers) =>
        [.. Enumerable.Range(0, outputs).Select(k => Enumerable.Range(0, numbers)
            .Select(i => (((i * 37) + (k * 53) + (i * i)) % 101 - 50) / 5000f).ToArray())];

    /// <summary>The ONNX file.</summary>
    /// <param name="sides">Shape of an item: three sides, or four for windows.</param>
    /// <param name="weights">float32[outputs][numbers].</param>
    /// <param name="edit">Changes the file.</param>
    public static byte[] Write(int[] sides, float[][] weights, Action<ModelProto>? edit = null)
    {
        var graph = new OnnxGraph("tiny");
        var x = graph.Input(Input, sides[0], sides[1], sides[2]);
        var flat = graph.Node("Flatten", "flat", [x.Name], OnnxAttribute.Of("axis", 1L));
        var numbers = weights[0].Length;
        float[] matrix = [.. Enumerable.Range(0, numbers).SelectMany(i => weights.Select(row => row[i]))];
        var product = graph.Node("MatMul", "product", [flat, graph.Constant("w", matrix, numbers, weights.Length)]);
        var shaped = graph.Node("Reshape", "shaped", [product, graph.Constant("shape", 0L, weights.Length, 1L, 1L)]);
        graph.Output(Output, new OnnxValue(shaped, weights.Length, 1, 1));
        var model = ModelProto.Parser.ParseFrom(graph.ToModel(new Dictionary<string, string>()).Bytes);
        if (sides.Length == 4) Sides(model).Add(new TensorShapeProto.Types.Dimension { DimValue = sides[3] });
        edit?.Invoke(model);
        return model.ToByteArray();
    }

    /// <summary>The input's sides, the batch first.</summary>
    public static Google.Protobuf.Collections.RepeatedField<TensorShapeProto.Types.Dimension> Sides(ModelProto model) =>
        model.Graph.Input[0].Type.TensorType.Shape.Dim;

    /// <summary>A description of such a network, with a store's crops, in the range 0 … 1.</summary>
    /// <param name="model">The file.</param>
    /// <param name="width">Width of the input.</param>
    /// <param name="height">Height of the input.</param>
    public static DetectorFile Describe(byte[] model, int width, int height) => new()
    {
        Name = "tiny",
        Kind = DetectorKind.Onnx,
        Licence = "none",
        File = "tiny.onnx",
        Sha256 = Hashes.Of(model),
        Source = "tiny.detector.json",
        Input = new DetectorInput
        {
            Name = Input,
            Layout = TensorLayout.Nchw,
            Channels = ChannelOrder.Rgb,
            Size = [width, height],
            Scale = 1 / 255.0,
        },
        Crop = new DetectorCrop { Of = CropOf.Store },
        Output = new DetectorOutput { Name = Output, Activation = OutputActivation.None, RisesTo = Label.Generated },
    };

    /// <summary>A frame whose bytes are drawn.</summary>
    public static ForeignSample Frame(int seed, int width, int height)
    {
        var (random, picture) = (new SeededRandom(seed, "tiny"), new RgbImage(width, height));
        for (var i = 0; i < picture.Pixels.Length; i++) picture.Pixels[i] = (byte)random.NextInt(256);
        return new ForeignSample(FormattableString.Invariant($"frame-{seed}"), picture, new Landmarks68(new float[136]));
    }

    /// <summary>What the scores of single frames are.</summary>
    public static double?[] Score(DetectorFile file, byte[] model, params ForeignSample[] frames)
    {
        using var detector = OnnxDetector.FromBytes(file, model);
        return detector.Score([frames], TestContext.Current.CancellationToken)[0];
    }
}
