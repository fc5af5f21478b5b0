using System.Buffers.Binary;
using System.Text.Json;

namespace ForensicHeads.Neural.Files;

/// <summary>Weights of TensorFlow.js, in 8 bits or as float32: a file of values and a manifest that says where each tensor lies.</summary>
/// <param name="Tensors">By name; kernels are [height, width, in, out], matrices [in, out].</param>
public sealed record TfJsWeights(IReadOnlyDictionary<string, NamedTensor> Tensors)
{
    /// <summary>Reads them. A value of a tensor in 8 bits is min + q · scale, both the tensor's own.</summary>
    /// <param name="bytes">The values, tensor after tensor in the manifest's order.</param>
    /// <param name="manifest">The manifest, JSON in UTF-8.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="UserErrorException">The manifest is none, or another file's.</exception>
    public static TfJsWeights Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> manifest, string source)
    {
        try
        {
            var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
            foreach (var group in JsonSerializer.Deserialize<Group[]>(manifest, JsonSerializerOptions.Web) ?? [])
            {
                foreach (var entry in group.Weights)
                {
                    if (entry is not { Dtype: "float32", Quantization: null or { Dtype: "uint8" } })
                        throw new InvalidDataException($"{entry.Name} is neither in 8 bits nor of float32");
                    var width = entry.Quantization is null ? sizeof(float) : 1;
                    var count = entry.Shape.Aggregate(1L, (product, side) => checked(product * side));
                    if (count < 0 || count > bytes.Length / width) throw new InvalidDataException("it ends early");
                    tensors.Add(entry.Name, new NamedTensor(entry.Name, entry.Shape, Values(bytes, (int)count, entry.Quantization)));
                    bytes = bytes[((int)count * width)..];
                }
            }

            if (bytes.Length > 0 || tensors.Count == 0) throw new InvalidDataException($"{bytes.Length} bytes are of no tensor");
            return new TfJsWeights(tensors);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or ArgumentException or OverflowException)
        {
            throw new UserErrorException(
                $"{source} and its manifest do not fit: {error.Message.TrimEnd('.')}. Fetch both again with models fetch.", inner: error);
        }
    }

    private static float[] Values(ReadOnlySpan<byte> bytes, int count, Steps? steps)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = steps is null ? BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..])
                : (float)(steps.Min + (bytes[i] * steps.Scale));
        return values;
    }

    private sealed record Group(IReadOnlyList<Entry> Weights);

    private sealed record Entry(string Name, IReadOnlyList<long> Shape, string Dtype, Steps? Quantization);

    private sealed record Steps(string Dtype, double Scale, double Min);
}
