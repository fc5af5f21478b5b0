using System.Numerics.Tensors;

namespace ForensicHeads.Detector.Features;

/// <summary>Gaussian smoothing of a square plane: kernel cut at 4 σ and scaled to sum 1, borders mirrored with the edge pixel
/// repeated.</summary>
internal static class SmoothPlane
{
    /// <summary>Smooths float32[size × size] into another plane.</summary>
    /// <param name="plane">The plane, not changed.</param>
    /// <param name="size">Side in pixels.</param>
    /// <param name="sigma">Deviation in pixels, above 0.</param>
    /// <param name="result">float32[size × size], overwritten.</param>
    public static void Gaussian(ReadOnlySpan<float> plane, int size, double sigma, Span<float> result)
    {
        var radius = (int)((4 * sigma) + 0.5);
        var kernel = Kernel(sigma, radius);
        var rows = new float[size * size];
        for (var y = 0; y < size; y++)
        {
            var target = rows.AsSpan(y * size, size);
            for (var k = -radius; k <= radius; k++)
                TensorPrimitives.MultiplyAdd(plane.Slice(Mirror(y + k, size) * size, size), kernel[k + radius], target, target);
        }

        var padded = new float[size + (2 * radius)];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < padded.Length; x++) padded[x] = rows[(y * size) + Mirror(x - radius, size)];
            var target = result.Slice(y * size, size);
            target.Clear();
            for (var k = 0; k <= 2 * radius; k++) TensorPrimitives.MultiplyAdd(padded.AsSpan(k, size), kernel[k], target, target);
        }
    }

    private static float[] Kernel(double sigma, int radius)
    {
        var kernel = Enumerable.Range(-radius, (2 * radius) + 1).Select(k => Math.Exp(-0.5 * k * k / (sigma * sigma))).ToArray();
        var sum = kernel.Sum();
        return Array.ConvertAll(kernel, value => (float)(value / sum));
    }

    // … 1 0 | 0 1 2 … size − 1 | size − 1 …, for any distance.
    private static int Mirror(int i, int size)
    {
        i = ((i % (2 * size)) + (2 * size)) % (2 * size);
        return i < size ? i : (2 * size) - 1 - i;
    }
}
