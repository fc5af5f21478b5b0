using System.Runtime.InteropServices;
using Google.Protobuf;
using global::Onnx;

namespace ForensicHeads.Neural.Onnx;

/// <summary>An ONNX graph under construction: inputs and outputs with a free batch axis, nodes in order, weights as initialisers.</summary>
/// <param name="name">The graph's name.</param>
internal sealed class OnnxGraph(string name)
{
    /// <summary>Version of the operator set; ONNX Runtime has known it since 1.12.</summary>
    public const int Opset = 17;

    private const int IrVersion = 8;
    private const string BatchAxis = "batch";
    private readonly GraphProto graph = new() { Name = name };
    private readonly HashSet<string> names = [];
    private long multiplyAdds;

    /// <summary>Adds an input float32[batch, channels, height, width].</summary>
    public OnnxValue Input(string name, int channels, int height, int width)
    {
        graph.Input.Add(Declare(Unique(name), channels, height, width));
        return new OnnxValue(name, channels, height, width);
    }

    /// <summary>Adds an input float32[batch, channels, height, width] of any height and width.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="nominal">The side in pixels for which multiply-adds are counted.</param>
    public OnnxValue FreeInput(string name, int channels, int nominal)
    {
        var declared = Declare(Unique(name), channels, nominal, nominal);
        declared.Type.TensorType.Shape.Dim[2] = new TensorShapeProto.Types.Dimension { DimParam = "height" };
        declared.Type.TensorType.Shape.Dim[3] = new TensorShapeProto.Types.Dimension { DimParam = "width" };
        graph.Input.Add(declared);
        return new OnnxValue(name, channels, nominal, nominal);
    }

    /// <summary>Names a value as output, float32[batch, channels, height, width].</summary>
    public void Output(string name, OnnxValue value) =>
        graph.Output.Add(Declare(Node("Identity", name, [value.Name]), value.Channels, value.Height, value.Width));

    /// <summary>Names the sums of a value over its positions as output, float32[batch, channels].</summary>
    public void OutputSum(string name, OnnxValue value) =>
        graph.Output.Add(Declare(Node("ReduceSum", name, [value.Name, Constant($"{name}.axes", 2L, 3L)], OnnxAttribute.Of("keepdims", 0L)),
            value.Channels));

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant(string hint, float[] values, params int[] shape) =>
        Initialiser(hint, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values.AsSpan()), shape);

    /// <summary>Adds a list of whole numbers and returns its name.</summary>
    public string Constant(string hint, params long[] values) =>
        Initialiser(hint, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), [values.Length]);

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Node(string type, string hint, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = Unique(hint) };
        node.Input.AddRange(inputs);
        node.Output.Add(node.Name);
        node.Attribute.AddRange(attributes);
        graph.Node.Add(node);
        return node.Name;
    }

    /// <summary>Counts multiply-adds for one item of the batch.</summary>
    public void Count(long products) => multiplyAdds += products;

    /// <summary>The file.</summary>
    /// <param name="metadata">Free text fields, written in the order of their names.</param>
    public OnnxModel ToModel(IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "ForensicHeads", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) model.MetadataProps.Add(
            new StringStringEntryProto { Key = key, Value = value });
        return new OnnxModel(model.ToByteArray(), multiplyAdds);
    }

    private string Initialiser(string hint, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, int[] shape)
    {
        var tensor = new TensorProto
        {
            Name = Unique(hint),
            DataType = (int)type,
            RawData = ByteString.CopyFrom(bytes),
            Dims = { shape.Select(side => (long)side) }
        };
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Unique(string hint)
    {
        var unique = hint;
        for (var i = 2; !names.Add(unique); i++) unique = FormattableString.Invariant($"{hint}.{i}");
        return unique;
    }

    private static ValueInfoProto Declare(string name, params int[] sides)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = BatchAxis } } };
        foreach (var side in sides) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = side });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape }
            }
        };
    }
}

/// <summary>A tensor inside a graph: float32[batch, Channels, Height, Width].</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record OnnxValue(string Name, int Channels, int Height, int Width)
{
    /// <summary>Values of one item of the batch.</summary>
    public long Count => (long)Channels * Height * Width;
}

/// <summary>Attributes of nodes.</summary>
internal static class OnnxAttribute
{
    /// <summary>A whole number.</summary>
    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A real number.</summary>
    public static AttributeProto Of(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    /// <summary>A text.</summary>
    public static AttributeProto Of(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>Whole numbers.</summary>
    public static AttributeProto Of(string name, long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };
}
