using System.Numerics.Tensors;

namespace ForensicHeads.Detector.Features;

/// <summary>The planes that <see cref="FaceRegions"/> averages over regions; float32[size × size] each.</summary>
internal sealed class RegionPlanes
{
    private readonly int size;

    public RegionPlanes(RgbImage image)
    {
        size = image.Width;
        var count = size * size;
        (Luma, Cb, Cr, Saturation) = (new float[count], new float[count], new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            float r = image.Pixels[3 * i], g = image.Pixels[(3 * i) + 1], b = image.Pixels[(3 * i) + 2];
            var luma = (0.299f * r) + (0.587f * g) + (0.114f * b);
            var (high, low) = (Math.Max(r, Math.Max(g, b)), Math.Min(r, Math.Min(g, b)));
            Luma[i] = luma;
            Cb[i] = 0.564f * (b - luma);
            Cr[i] = 0.713f * (r - luma);
            Saturation[i] = high > 0 ? (high - low) / high : 0;
        }

        float[][] smooth = [Luma, Smooth(Luma, 1), Smooth(Luma, 2), Smooth(Luma, 4), Smooth(Luma, 8)];
        var (cb, cr) = (Smooth(Cb, 1.5), Smooth(Cr, 1.5));
        Details =
        [
            Laplacian(), .. Enumerable.Range(0, 4).Select(i => Absolute(Minus(smooth[i], smooth[i + 1]))),
            Absolute(Minus(Cb, cb)), Absolute(Minus(Cr, cr)), Absolute(Minus(cb, Smooth(Cb, 6))), Absolute(Minus(cr, Smooth(Cr, 6))),
        ];
    }

    /// <summary>Grey, 0 … 255.</summary>
    public float[] Luma { get; }

    /// <summary>0.564 (B − Y).</summary>
    public float[] Cb { get; }

    /// <summary>0.713 (R − Y).</summary>
    public float[] Cr { get; }

    /// <summary>(max − min)/max of R, G, B, 0 … 1; 0 for black.</summary>
    public float[] Saturation { get; }

    /// <summary>The nine absolute detail planes, in the order of the columns.</summary>
    public float[][] Details { get; }

    private float[] Smooth(float[] plane, double sigma)
    {
        var result = new float[plane.Length];
        SmoothPlane.Gaussian(plane, size, sigma, result);
        return result;
    }

    // |sum of the four neighbours − 4 times the pixel|, borders mirrored with the edge pixel repeated.
    private float[] Laplacian()
    {
        var result = new float[Luma.Length];
        for (var y = 0; y < size; y++)
        {
            var (above, below) = (Math.Max(0, y - 1) * size, Math.Min(size - 1, y + 1) * size);
            for (var x = 0; x < size; x++)
            {
                var i = (y * size) + x;
                result[i] = Math.Abs(Luma[above + x] + Luma[below + x] + Luma[i - Math.Min(1, x)]
                    + Luma[i + Math.Min(1, size - 1 - x)] - (4 * Luma[i]));
            }
        }

        return result;
    }

    private static float[] Minus(float[] a, float[] b)
    {
        var result = new float[a.Length];
        TensorPrimitives.Subtract(a, b, result);
        return result;
    }

    private static float[] Absolute(float[] plane)
    {
        TensorPrimitives.Abs(plane, plane);
        return plane;
    }
}
