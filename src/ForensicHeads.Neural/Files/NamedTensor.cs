using System.Runtime.InteropServices;

namespace ForensicHeads.Neural.Files;

/// <summary>A tensor on its way to or from a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; the product is the number of values.</param>
/// <param name="Values">Its values, row-major.</param>
/// <param name="Precision">How they are stored.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<long> Shape, float[] Values, TensorPrecision Precision = TensorPrecision.Bits32)
{
    /// <summary>Whether the values are stored as 16-bit floats.</summary>
    public bool Half => Precision == TensorPrecision.Bits16;

    /// <summary>The tensors of the file that hold this one.</summary>
    internal IEnumerable<StoredTensor> Stored()
    {
        switch (Precision)
        {
            case TensorPrecision.Bits32:
                yield return new StoredTensor(Name, "F32", Shape, MemoryMarshal.AsBytes(Values.AsSpan()).ToArray());
                break;
            case TensorPrecision.Bits16:
                yield return new StoredTensor(Name, "F16", Shape, MemoryMarshal.AsBytes(Array.ConvertAll(Values, value => (System.Half)value).AsSpan()).ToArray());
                break;
            default:
                var rows = RowCodes.Of(Values, (int)Shape[0]);
                yield return new StoredTensor(Name, "I8", Shape, MemoryMarshal.AsBytes(rows.Codes.AsSpan()).ToArray());
                yield return new StoredTensor(Name + RowCodes.StepName, "F32", [Shape[0]], MemoryMarshal.AsBytes(rows.Steps.AsSpan()).ToArray());
                break;
        }
    }
}

/// <summary>A tensor as it lies in a file.</summary>
internal sealed record StoredTensor(string Name, string Type, IReadOnlyList<long> Shape, byte[] Bytes);

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">By name.</param>
/// <param name="Metadata">The free text fields of the header.</param>
public sealed record SafetensorsContent(IReadOnlyDictionary<string, NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
