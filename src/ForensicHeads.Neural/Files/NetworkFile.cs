using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Files;

/// <summary>Networks to named tensors and back.</summary>
public static class NetworkFile
{
    // Below this a tensor costs little, and its rows are short.
    private const long WorthCoding = 4096;

    /// <inheritdoc cref="Export(string, NetworkParameters, TensorPrecision)"/>
    public static IEnumerable<NamedTensor> Export(string prefix, NetworkParameters network, bool half = false) =>
        Export(prefix, network, half ? TensorPrecision.Bits16 : TensorPrecision.Bits32);

    /// <summary>All parameters under <c>prefix.name</c>, the u vectors under <c>prefix.spectral_u</c> and, where there are batch norms,
    /// their statistics under <c>prefix.running</c>.</summary>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="network">The network.</param>
    /// <param name="precision">How its large weights are stored; under <see cref="TensorPrecision.Bits8"/> the small ones take 16
    /// bits.</param>
    public static IEnumerable<NamedTensor> Export(string prefix, NetworkParameters network, TensorPrecision precision)
    {
        var small = precision == TensorPrecision.Bits8 ? TensorPrecision.Bits16 : precision;
        var values = network.Values.ToHost<float>();
        foreach (var entry in network.Layout.Entries)
        {
            var own = values[(int)entry.Offset..(int)(entry.Offset + entry.Length)];
            var isLarge = entry.Shape.Count > 1 && entry.Length >= WorthCoding;
            yield return new NamedTensor($"{prefix}.{entry.Name}", entry.Shape, own, isLarge ? precision : small);
        }

        yield return new NamedTensor($"{prefix}.spectral_u", [network.Layout.SpectralCount], network.Spectral.ToHost<float>(), small);
        // Always whole floats: a variance must not round to 0.
        var count = network.Layout.RunningCount;
        if (count > 0) yield return new NamedTensor($"{prefix}.running", [count], network.Running.ToHost<float>());
    }

    /// <summary>Checks that the content has every tensor of the network in its shape, then fills the network: all or nothing.</summary>
    /// <exception cref="UserErrorException">A tensor is missing or has another shape; the network is as it was.</exception>
    public static void Import(string prefix, NetworkParameters network, SafetensorsContent content, string source)
    {
        var values = new float[network.Layout.ParameterCount];
        foreach (var entry in network.Layout.Entries)
        {
            Find(content, $"{prefix}.{entry.Name}", entry.Shape, source).Values.CopyTo(values, (int)entry.Offset);
        }

        var u = Find(content, $"{prefix}.spectral_u", [network.Layout.SpectralCount], source).Values;
        var running = network.Layout.RunningCount > 0 ? Find(content, $"{prefix}.running", [network.Layout.RunningCount], source).Values
            : [];
        Overwrite(network.Values, values);
        Overwrite(network.Running, running);
        Overwrite(network.Spectral, u);
    }

    /// <summary>Checks that the content has every tensor of the network in its shape.</summary>
    /// <exception cref="UserErrorException">A tensor is missing or has another shape.</exception>
    public static void Check(string prefix, NetworkParameters network, SafetensorsContent content, string source) =>
        Check(prefix, network.Layout, content, source);

    /// <summary>As above, before a network is made: what a file claims of its sizes must not cost memory that its tensors do not
    /// fill.</summary>
    /// <inheritdoc cref="Check(string, NetworkParameters, SafetensorsContent, string)"/>
    public static void Check(string prefix, ParameterLayout layout, SafetensorsContent content, string source)
    {
        foreach (var entry in layout.Entries) Find(content, $"{prefix}.{entry.Name}", entry.Shape, source);
        Find(content, $"{prefix}.spectral_u", [layout.SpectralCount], source);
        if (layout.RunningCount > 0) Find(content, $"{prefix}.running", [layout.RunningCount], source);
    }

    /// <summary>A tensor that must be there in that shape.</summary>
    /// <exception cref="UserErrorException">It is missing or has another shape.</exception>
    public static NamedTensor Find(SafetensorsContent content, string name, IReadOnlyList<long> shape, string source)
    {
        if (!content.Tensors.TryGetValue(name, out var tensor)) throw new UserErrorException(
            $"{source} lacks the tensor '{name}': it was made for another network. Use weights of the same preset.");
        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw new UserErrorException(
                $"{source} has '{name}' as [{string.Join(", ", tensor.Shape)}], but this preset needs [{string.Join(", ", shape)}]. Use "
                + "weights of the same preset.");
        }

        return tensor;
    }

    /// <summary>Copies values into a tensor without a trace in the gradient.</summary>
    public static void Overwrite(Tensor target, float[] values)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        target.copy_(values.ToTensor(CPU, target.shape));
    }
}
