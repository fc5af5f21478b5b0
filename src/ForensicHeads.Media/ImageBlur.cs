using OpenCvSharp;

namespace ForensicHeads.Media;

/// <summary>Gaussian blur.</summary>
public static class ImageBlur
{
    /// <summary>Blurs every channel; the edge is mirrored without repeating its own pixels.</summary>
    /// <param name="image">The picture; not changed.</param>
    /// <param name="sigma">Standard deviation in pixels, above 0.</param>
    public static RgbImage Gaussian(RgbImage image, double sigma)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        using var source = ImageCodec.ToMat(image);
        using var target = new Mat();
        // Four deviations on either side hold all but 6e-5 of the kernel.
        var side = (2 * (int)Math.Ceiling(4 * sigma)) + 1;
        Cv2.GaussianBlur(source, target, new Size(side, side), sigma, sigma, BorderTypes.Reflect101);
        return ImageCodec.FromMat(target);
    }
}
