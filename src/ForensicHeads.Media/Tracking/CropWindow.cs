using OpenCvSharp;

namespace ForensicHeads.Media.Tracking;

/// <summary>The square that is cut out of a frame, in whole source pixels; it may reach outside the picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Size">Side length, at least 1.</param>
public readonly record struct CropWindow(int X, int Y, int Size)
{
    /// <summary>Moves landmarks from the source to a crop of <paramref name="size"/> pixels a side (pixel centres at integers).</summary>
    public Landmarks68 ToCrop(Landmarks68 source, int size)
    {
        ArgumentNullException.ThrowIfNull(source);
        var scale = (float)size / Size;
        return source.Transform(scale, ((0.5f - X) * scale) - 0.5f, ((0.5f - Y) * scale) - 0.5f);
    }

    /// <summary>Cuts the square out and brings it to <paramref name="size"/> pixels a side with one area filter; outside the picture its edge is repeated.</summary>
    public RgbImage Cut(RgbImage image, int size) => Cut(image, new RgbImage(size, size));

    /// <summary>As <see cref="Cut(RgbImage, int)"/>, into a square picture of the wanted size, which is overwritten.</summary>
    internal RgbImage Cut(RgbImage image, RgbImage crop)
    {
        ArgumentNullException.ThrowIfNull(image);
        var size = crop.Width;
        int left = Math.Clamp(X, 0, image.Width - 1), top = Math.Clamp(Y, 0, image.Height - 1);
        int right = Math.Clamp(X + Size, left + 1, image.Width), bottom = Math.Clamp(Y + Size, top + 1, image.Height);
        using var whole = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels);
        using var inside = whole.SubMat(top, bottom, left, right);
        using var square = new Mat();
        Cv2.CopyMakeBorder(
            inside, square, Math.Max(0, top - Y), Math.Max(0, Y + Size - bottom), Math.Max(0, left - X), Math.Max(0, X + Size - right), BorderTypes.Replicate);
        using var target = Mat.FromPixelData(size, size, MatType.CV_8UC3, crop.Pixels);
        Cv2.Resize(square, target, new Size(size, size), interpolation: size > square.Width ? InterpolationFlags.Linear : InterpolationFlags.Area);
        return crop;
    }
}
