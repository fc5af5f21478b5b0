using OpenCvSharp;

namespace ForensicHeads.Media.Marks;

/// <summary>Luma of pictures and its local statistics, as 32-bit matrices; the caller disposes of them.</summary>
internal static class LumaPlane
{
    /// <summary>BT.601 luma, 0 … 255, of the uppermost rows.</summary>
    internal static Mat Of(RgbImage image, int rows)
    {
        var values = new float[rows * image.Width];
        var pixels = image.Pixels;
        for (var i = 0; i < values.Length; i++) values[i] = (0.299f * pixels[3 * i]) + (0.587f * pixels[(3 * i) + 1])
            + (0.114f * pixels[(3 * i) + 2]);
        using var view = Mat.FromPixelData(rows, image.Width, MatType.CV_32FC1, values);
        return view.Clone();
    }

    /// <summary>Gaussian mean around every point.</summary>
    internal static Mat Mean(Mat plane, double sigma)
    {
        var result = new Mat();
        Cv2.GaussianBlur(plane, result, new Size(0, 0), sigma);
        return result;
    }

    /// <summary>Gaussian-weighted deviation around every point: √(mean of squares − square of mean).</summary>
    internal static float[] Deviation(Mat plane, double sigma)
    {
        using Mat squared = plane.Mul(plane);
        using var mean = Mean(plane, sigma);
        using var meanOfSquares = Mean(squared, sigma);
        var (means, squares) = (Values(mean), Values(meanOfSquares));
        for (var i = 0; i < means.Length; i++) means[i] = MathF.Sqrt(MathF.Max(0, squares[i] - (means[i] * means[i])));
        return means;
    }

    /// <summary>The matrix's values, row by row.</summary>
    internal static float[] Values(Mat plane)
    {
        plane.GetArray(out float[] values);
        return values;
    }
}
