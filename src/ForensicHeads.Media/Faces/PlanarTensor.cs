using System.Buffers;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ForensicHeads.Media.Faces;

/// <summary>The input of a face model in lent memory: a megabyte a frame of new arrays would make the heap grow with the length of a clip.</summary>
/// <param name="rows">Height of the input.</param>
/// <param name="columns">Width of the input.</param>
internal sealed class PlanarTensor(int rows, int columns) : IDisposable
{
    private readonly float[] lent = ArrayPool<float>.Shared.Rent(3 * rows * columns);

    /// <summary>float32[3 · H · W], plane by plane.</summary>
    internal Span<float> Values => lent.AsSpan(0, 3 * rows * columns);

    /// <summary>The same memory as float32[1, 3, H, W].</summary>
    internal DenseTensor<float> Tensor => new(lent.AsMemory(0, 3 * rows * columns), [1, 3, rows, columns]);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<float>.Shared.Return(lent);
}
