using System.Buffers;
using OpenCvSharp;

namespace ForensicHeads.Media.Faces;

/// <summary>Pictures to planar float tensors.</summary>
internal static class NetworkInput
{
    /// <summary>
    /// Samples a rotated rectangle of the picture into an upright one, black outside: output pixel (u, v) is taken from
    /// <c>centre + R(angle) · scale · (u − (width − 1)/2, v − (height − 1)/2)</c>.
    /// </summary>
    internal static Mat Warp(RgbImage image, float centreX, float centreY, float scaleX, float scaleY, float angle, int width, int height)
    {
        // Bilinear sampling of a large face would alias, so it is halved (or more) by the area filter first.
        var reduce = Math.Max(1, (int)MathF.Round(MathF.Min(scaleX, scaleY)));
        if (reduce == 1)
        {
            using var whole = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels);
            return Sample(whole, centreX, centreY, scaleX, scaleY, angle, width, height);
        }

        var reach = (int)MathF.Ceiling(0.75f * MathF.Max(width * scaleX, height * scaleY)) + reduce;
        int left = Math.Clamp((int)centreX - reach, 0, image.Width - 1), top = Math.Clamp((int)centreY - reach, 0, image.Height - 1);
        int right = Math.Clamp((int)centreX + reach, left + 1, image.Width),
            bottom = Math.Clamp((int)centreY + reach, top + 1, image.Height);
        using var source = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels);
        using var part = source.SubMat(top, bottom, left, right);
        using var small = new Mat();
        int columns = Math.Max(1, (right - left) / reduce), rows = Math.Max(1, (bottom - top) / reduce);
        Cv2.Resize(part, small, new Size(columns, rows), interpolation: InterpolationFlags.Area);
        float ratioX = (float)columns / (right - left), ratioY = (float)rows / (bottom - top);
        return Sample(
            small, ((centreX - left + 0.5f) * ratioX) - 0.5f, ((centreY - top + 0.5f) * ratioY) - 0.5f, scaleX * ratioX, scaleY * ratioY,
                angle, width, height);
    }

    /// <summary>float32[1, 3, H, W] in R, G, B order: <c>(value − mean[c]) · factor[c]</c>.</summary>
    internal static PlanarTensor Planar(Mat rgb, ReadOnlySpan<float> mean, ReadOnlySpan<float> factor)
    {
        int rows = rgb.Rows, columns = rgb.Cols, plane = rows * columns;
        var tensor = new PlanarTensor(rows, columns);
        var result = tensor.Memory.Span;
        for (var y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> row;
            unsafe
            {
                row = new ReadOnlySpan<byte>((void*)rgb.Ptr(y), 3 * columns);
            }

            for (var c = 0; c < 3; c++)
            {
                float m = mean[c], f = factor[c];
                var target = result.Slice((c * plane) + (y * columns), columns);
                for (var x = 0; x < target.Length; x++) target[x] = (row[(3 * x) + c] - m) * f;
            }
        }

        return tensor;
    }

    private static Mat Sample(Mat source, float centreX, float centreY, float scaleX, float scaleY, float angle, int width, int height)
    {
        var (sin, cos) = MathF.SinCos(angle);
        float a = cos * scaleX, b = -sin * scaleY, c = sin * scaleX, d = cos * scaleY;
        float midX = (width - 1) / 2f, midY = (height - 1) / 2f;
        var values = new[] { a, b, centreX - (a * midX) - (b * midY), c, d, centreY - (c * midX) - (d * midY) };
        using var matrix = Mat.FromPixelData(2, 3, MatType.CV_32FC1, values);
        var target = new Mat();
        Cv2.WarpAffine(source, target, matrix, new Size(width, height), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap);
        return target;
    }
}

/// <summary>The input of a face model in lent memory: a megabyte a frame of new arrays would make the heap grow with the length of a
/// clip.</summary>
/// <param name="rows">Height of the input.</param>
/// <param name="columns">Width of the input.</param>
internal sealed class PlanarTensor(int rows, int columns) : IDisposable
{
    private readonly float[] lent = ArrayPool<float>.Shared.Rent(3 * rows * columns);

    /// <summary>float32[3 · H · W], plane by plane.</summary>
    internal Memory<float> Memory => lent.AsMemory(0, 3 * rows * columns);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<float>.Shared.Return(lent);
}
