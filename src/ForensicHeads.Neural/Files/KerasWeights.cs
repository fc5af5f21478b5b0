using System.Globalization;
using PureHDF;

namespace ForensicHeads.Neural.Files;

/// <summary>The weights of a Keras model as its HDF5 file lists them: convolutions, batch norms and dense layers.</summary>
/// <param name="Layers">Layer name, such as <c>conv2d_5</c>, to its arrays by their own names, such as <c>kernel</c>.</param>
public sealed record KerasWeights(IReadOnlyDictionary<string, IReadOnlyDictionary<string, NamedTensor>> Layers)
{
    // The largest layer of the networks read here has 16 k values.
    private const ulong MostValues = 1 << 24;

    /// <summary>Reads a file that <c>save_weights</c> of Keras 2 wrote.</summary>
    /// <param name="bytes">The file, of a content that is known: HDF5 is no format for strangers' bytes.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="UserErrorException">Not such a file.</exception>
    public static KerasWeights Read(byte[] bytes, string source)
    {
        try
        {
            using var file = H5File.Open(new MemoryStream(bytes, writable: false));
            var layers = new SortedDictionary<string, IReadOnlyDictionary<string, NamedTensor>>(StringComparer.Ordinal);
            foreach (var layer in file.Children().OfType<IH5Group>())
            {
                // Layers without weights are empty groups; the others hold a group of their own name.
                foreach (var inner in layer.Children().OfType<IH5Group>())
                    layers.Add(layer.Name,
                        inner.Children().OfType<IH5Dataset>().Select(Tensor).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal));
            }

            return new KerasWeights(layers);
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            throw new UserErrorException(
                $"{source} is not a Keras weight file: {error.Message.TrimEnd('.')}. Fetch it again with models fetch.", inner: error);
        }
    }

    /// <summary>
    /// The values in the order and shapes of a network of ours. Layers of a kind are taken by their numbers, which count in the order of
    /// making. Keras keeps kernels as [height, width, in, out] and flattens maps position by position; ours are [out, in, height, width]
    /// and channel by channel.
    /// </summary>
    /// <param name="layout">The network's table; a layer with 4 axes is a convolution, 2 a dense layer, 1 a batch norm.</param>
    /// <returns>Parameters, each under a dot and its name, and the running statistics.</returns>
    /// <exception cref="UserErrorException">Another number of layers, or another shape.</exception>
    internal (NamedTensor[] Values, float[] Running) For(ParameterLayout layout)
    {
        var kinds = new Dictionary<int, Queue<IReadOnlyDictionary<string, NamedTensor>>>
        {
            [4] = OfKind("conv2d"),
            [2] = OfKind("dense"),
            [1] = OfKind("batch_normalization")
        };
        var values = new NamedTensor[layout.Entries.Count];
        var running = new List<float>();
        // A map is flattened for the first dense layer; it has the channels of the last batch norm.
        var channels = 1L;
        for (var i = 0; i < values.Length; i += 2)
        {
            var (weight, bias) = (layout.Entries[i], layout.Entries[i + 1]);
            if (!kinds[weight.Shape.Count]
                .TryDequeue(out var layer)) throw new UserErrorException(
                    $"The Keras file has too few layers: nothing is left for {weight.Name}. Use the weights of this network.");
            var isNorm = weight.Shape.Count == 1;
            values[i] = Fit(weight, Get(layer, isNorm ? "gamma" : "kernel"), channels);
            values[i + 1] = Fit(bias, Get(layer, isNorm ? "beta" : "bias"), channels);
            if (weight.Shape.Count == 2) channels = 1;
            if (!isNorm) continue;
            channels = weight.Shape[0];
            running.AddRange(Fit(weight, Get(layer, "moving_mean"), channels).Values);
            running.AddRange(Fit(weight, Get(layer, "moving_variance"), channels).Values);
        }

        if (kinds.Values.Sum(queue => queue.Count) is > 0 and var left)
            throw new UserErrorException($"The Keras file has {left} layers too many. Use the weights of this network.");
        return (values, [.. running]);
    }

    private Queue<IReadOnlyDictionary<string, NamedTensor>> OfKind(string kind) => new(Layers
        .Where(layer => layer.Key.StartsWith(kind, StringComparison.Ordinal))
        .OrderBy(layer =>
            int.TryParse(layer.Key.AsSpan(kind.Length).TrimStart('_'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : 0)
        .Select(layer => layer.Value));

    private static NamedTensor Get(IReadOnlyDictionary<string, NamedTensor> layer, string name) =>
        layer.TryGetValue(name, out var tensor) ? tensor
            : throw new UserErrorException($"A layer of the Keras file has no '{name}'. Use the weights of this network.");

    private static NamedTensor Fit(ParameterEntry entry, NamedTensor keras, long channels)
    {
        var shape = keras.Shape.Count switch
        {
            4 => [keras.Shape[3], keras.Shape[2], keras.Shape[0], keras.Shape[1]],
            2 => [keras.Shape[1], keras.Shape[0]],
            _ => keras.Shape,
        };
        if (!shape.SequenceEqual(entry.Shape))
            throw new UserErrorException(
                $"The Keras file has [{string.Join(", ", keras.Shape)}] where {entry.Name} needs [{string.Join(", ", entry.Shape)}] in "
                + "our order. Use the weights of this network.");
        var (outputs, inputs) = (entry.Shape[0], shape.Count > 1 ? shape[1] : 1);
        var positions = shape.Count == 4 ? shape[2] * shape[3] : 1;
        if (shape.Count == 2) (inputs, positions) = (channels, shape[1] / channels);
        // Keras: position, channel, output; ours: output, channel, position.
        var values = new float[entry.Length];
        for (var o = 0L; o < outputs; o++)
        {
            for (var c = 0L; c < inputs; c++)
            {
                for (var p = 0L; p < positions; p++) values[(((o * inputs) + c) * positions) + p] =
                    keras.Values[(((p * inputs) + c) * outputs) + o];
            }
        }

        return new NamedTensor("." + entry.Name, entry.Shape, values);
    }

    private static NamedTensor Tensor(IH5Dataset dataset)
    {
        var shape = dataset.Space.Dimensions;
        if (shape.Aggregate(1UL, (product, side) => checked(product * side)) > MostValues) throw new InvalidDataException(
            $"{dataset.Name} has [{string.Join(", ", shape)}] values");
        return new NamedTensor(dataset.Name.Split(':')[0], [.. shape.Select(side => (long)side)], dataset.Read<float[]>());
    }
}
