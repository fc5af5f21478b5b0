using System.Runtime.InteropServices;

namespace ForensicHeads.Neural.Files;

/// <summary>A tensor on its way to or from a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; the product is the number of values.</param>
/// <param name="Values">Its values, row-major.</param>
/// <param name="Half">Stored as 16-bit floats instead of 32-bit ones.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<long> Shape, float[] Values, bool Half = false)
{
    /// <summary>Bytes in the file.</summary>
    public long ByteLength => (long)Values.Length * (Half ? 2 : 4);

    internal void WriteTo(Stream stream)
    {
        if (!Half)
        {
            stream.Write(MemoryMarshal.AsBytes(Values.AsSpan()));
            return;
        }

        var halves = Array.ConvertAll(Values, value => (System.Half)value);
        stream.Write(MemoryMarshal.AsBytes(halves.AsSpan()));
    }
}

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">By name.</param>
/// <param name="Metadata">The free text fields of the header.</param>
public sealed record SafetensorsContent(IReadOnlyDictionary<string, NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
