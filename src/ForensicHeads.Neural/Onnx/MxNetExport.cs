using System.Globalization;
using System.Text.Json;

namespace ForensicHeads.Neural.Onnx;

/// <summary>Writes a network of MXNet as ONNX: its graph (<c>NAME-symbol.json</c>) with its parameters. Knows the operators that plain
/// convolutional networks are made of.</summary>
public static class MxNetExport
{
    // What MXNet takes where the graph does not say.
    private const double NormEpsilon = 1e-3;

    /// <summary>Writes it.</summary>
    /// <param name="symbol">The graph, JSON in UTF-8; its one input without parameters takes float32[batch, 3, side, side].</param>
    /// <param name="parameters">Its arrays.</param>
    /// <param name="side">Side of the pictures in pixels.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <param name="source">The graph's name, for messages.</param>
    /// <returns>A network from <c>frames</c> to <c>vectors</c>, float32[batch, length, 1, 1].</returns>
    /// <exception cref="UserErrorException">Not such a graph, an operator that is not known, or a parameter that is missing.</exception>
    public static OnnxModel Write(byte[] symbol, MxNetParameters parameters, int side, IReadOnlyDictionary<string, string> metadata,
        string source)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        try
        {
            using var document = JsonDocument.Parse(symbol);
            var nodes = document.RootElement.GetProperty("nodes").EnumerateArray().ToArray();
            var graph = new OnnxGraph(source);
            var values = new OnnxValue?[nodes.Length];
            for (var i = 0; i < nodes.Length; i++)
            {
                var node = new Node(nodes[i], parameters, nodes, values);
                if (node.Type != "null") values[i] = Make(graph, node);
                else if (!parameters.Arrays.ContainsKey(node.Name)) values[i] = graph.Input(node.Name, 3, side, side);
            }

            graph.Output("vectors", values[^1]!);
            return graph.ToModel(metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or InvalidDataException or IndexOutOfRangeException)
        {
            throw new UserErrorException(
                $"{source} is not a graph of MXNet that can be read here: {error.Message.TrimEnd('.')}. Fetch it again with models fetch.",
                inner: error);
        }
    }

    private static OnnxValue Make(OnnxGraph graph, Node node)
    {
        var x = node.Input(0);
        return node.Type switch
        {
            "Convolution" => Convolve(graph, node, x, node.Square("kernel")),
            // Over all positions at once a matrix is a kernel as large as the map.
            "FullyConnected" => Convolve(graph, node, x, x.Height),
            "Flatten" => x,
            "BatchNorm" => graph.BatchNorm(x, node.Name, node.Array(1).Values, node.Array(2).Values, node.Array(3).Values,
                node.Array(4).Values, node.Number("eps") ?? NormEpsilon),
            "elemwise_add" => graph.Add(x, node.Input(1)),
            "_minus_scalar" => graph.With(x, "Sub", Scalar(node)),
            "_mul_scalar" => graph.With(x, "Mul", Scalar(node)),
            "_maximum_scalar" => graph.With(x, "Max", Scalar(node)),
            "_minimum_scalar" => graph.With(x, "Min", Scalar(node)),
            _ => throw new InvalidDataException($"the operator {node.Type} is not known"),
        };
    }

    private static float Scalar(Node node) =>
        (float)(node.Number("scalar") ?? throw new InvalidDataException($"{node.Name} has no number"));

    private static OnnxValue Convolve(OnnxGraph graph, Node node, OnnxValue x, int side)
    {
        var weights = node.Array(1);
        var groups = (int)(node.Number("num_group") ?? 1);
        var (outputs, inputs) = ((int)weights.Shape[0], x.Channels / groups);
        if (weights.Values.LongLength != (long)outputs * inputs * side * side)
            throw new InvalidDataException($"{node.Name} has {weights.Values.Length} weights for {x.Channels} channels");
        var kernel = new ConvolutionKernel(node.Name, weights.Values, outputs, inputs, side, node.HasBias ? node.Array(2).Values : null);
        return graph.Convolve(x, kernel, node.Square("stride", 1), node.Square("pad", 0), groups: groups);
    }

    /// <summary>One node of the graph.</summary>
    private sealed class Node(JsonElement json, MxNetParameters parameters, JsonElement[] all, OnnxValue?[] values)
    {
        public string Type => json.GetProperty("op").GetString()!;

        public string Name => json.GetProperty("name").GetString()!;

        public bool HasBias => Text("no_bias") is not ("True" or "1");

        public OnnxValue Input(int index) => values[From(index)] ?? throw new InvalidDataException($"{Name} comes before its input");

        public NamedTensor Array(int index)
        {
            var name = all[From(index)].GetProperty("name").GetString()!;
            var array = parameters.Arrays[name];
            // A scale that is fixed is 1, whatever the file says.
            return Type == "BatchNorm" && index == 1 && Text("fix_gamma") is null or "True" or "1"
                ? array with { Values = [.. array.Values.Select(_ => 1f)] } : array;
        }

        public double? Number(string name) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

        public int Square(string name, int otherwise = -1)
        {
            if (Text(name) is not { } text) return otherwise > -1 ? otherwise : throw new InvalidDataException($"{Name} has no {name}");
            int[] sides = [.. text.Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(side => int.Parse(side, CultureInfo.InvariantCulture))];
            return sides.Length > 0 && sides.All(side => side == sides[0]) ? sides[0]
                : throw new InvalidDataException($"{Name} has a {name} of {text}, which is no square");
        }

        private string? Text(string name) =>
            json.TryGetProperty("attrs", out var all) && all.TryGetProperty(name, out var value) ? value.GetString() : null;

        private int From(int index) => json.GetProperty("inputs")[index][0].GetInt32();
    }
}
