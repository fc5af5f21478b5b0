using System.Runtime.InteropServices;

namespace ForensicHeads.Neural.Files;

/// <summary>In how many bits the values of a tensor are stored.</summary>
public enum TensorPrecision
{
    /// <summary>32-bit floats.</summary>
    Bits32,

    /// <summary>16-bit floats.</summary>
    Bits16,

    /// <summary>
    /// Whole numbers of −127 … 127 and, in a tensor <c>NAME.row_scale</c> beside them, the step of each row (a float for each index of the
    /// first side): off by at most half a step, which is 1/254 of the row's largest value.
    /// </summary>
    Bits8,
}

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
                yield return new StoredTensor(Name, "F16", Shape,
                    MemoryMarshal.AsBytes(Array.ConvertAll(Values, value => (System.Half)value).AsSpan()).ToArray());
                break;
            default:
                var rows = RowCodes.Of(Values, (int)Shape[0]);
                yield return new StoredTensor(Name, "I8", Shape, MemoryMarshal.AsBytes(rows.Codes.AsSpan()).ToArray());
                yield return new StoredTensor(Name + RowCodes.StepName, "F32", [Shape[0]],
                    MemoryMarshal.AsBytes(rows.Steps.AsSpan()).ToArray());
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

/// <summary>Rows of floats as 8-bit whole numbers times a step of the row's own.</summary>
/// <param name="Codes">sbyte[rows · columns], −127 … 127.</param>
/// <param name="Steps">float32[rows], 0 for rows of zeros.</param>
internal sealed record RowCodes(sbyte[] Codes, float[] Steps)
{
    private const float Most = 127;

    /// <summary>What follows a tensor's name in that of its steps.</summary>
    public const string StepName = ".row_scale";

    /// <summary>Rounds each value to the nearest step; the largest of a row keeps its value.</summary>
    public static RowCodes Of(float[] values, int rows)
    {
        var columns = rows == 0 ? 0 : values.Length / rows;
        var (codes, steps) = (new sbyte[values.Length], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var own = values.AsSpan(row * columns, columns);
            var largest = 0f;
            foreach (var value in own) largest = Math.Max(largest, Math.Abs(value));
            if (largest == 0) continue;
            steps[row] = largest / Most;
            for (var i = 0; i < columns; i++) codes[(row * columns) + i] = (sbyte)Math.Clamp(MathF.Round(own[i] / steps[row]), -Most, Most);
        }

        return new RowCodes(codes, steps);
    }
}
