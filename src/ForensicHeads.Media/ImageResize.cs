using OpenCvSharp;

namespace ForensicHeads.Media;

/// <summary>The resize filters: <see cref="Area"/> is the one of the toolkit.</summary>
public static class ImageResize
{
    /// <summary>
    /// Reduces with the area filter (each output pixel is the mean of the input it covers), enlarges bilinearly. Returns the same
    /// picture when the size does not change.
    /// </summary>
    public static RgbImage Area(RgbImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        var enlarges = width > image.Width || height > image.Height;
        return Resize(image, width, height, enlarges ? InterpolationFlags.Linear : InterpolationFlags.Area);
    }

    /// <summary>Reads each output pixel bilinearly at its middle, whatever it covers: what a network of others may have been taught on,
    /// never for data of ours. Returns the same picture when the size does not change.</summary>
    public static RgbImage Bilinear(RgbImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Resize(image, width, height, InterpolationFlags.Linear);
    }

    /// <summary>Enlarges by a whole factor with the bicubic filter, for people to look at; never for data.</summary>
    public static RgbImage Enlarge(RgbImage image, int factor)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (factor == 1) return image;
        using var source = ImageCodec.ToMat(image);
        using var target = new Mat();
        Cv2.Resize(source, target, new Size(image.Width * factor, image.Height * factor), interpolation: InterpolationFlags.Cubic);
        return ImageCodec.FromMat(target);
    }
    private static RgbImage Resize(RgbImage image, int width, int height, InterpolationFlags filter)
    {
        if (image.Width == width && image.Height == height) return image;
        using var source = ImageCodec.ToMat(image);
        using var target = new Mat();
        Cv2.Resize(source, target, new Size(width, height), interpolation: filter);
        return ImageCodec.FromMat(target);
    }
}
