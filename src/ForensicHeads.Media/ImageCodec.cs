using OpenCvSharp;

namespace ForensicHeads.Media;

/// <summary>Pictures to bytes and back. Stateless and thread-safe.</summary>
public static class ImageCodec
{
    /// <summary>Encodes losslessly as 8-bit RGB PNG, with no metadata; the same picture always gives the same bytes.</summary>
    public static byte[] EncodePng(RgbImage image) =>
        Encode(image, ".png", new ImageEncodingParam(ImwriteFlags.PngCompression, 3));

    /// <summary>Encodes as baseline JPEG with 4:2:0 chroma.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 … 100 (libjpeg's scale).</param>
    public static byte[] EncodeJpeg(RgbImage image, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encode(image, ".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
    }

    /// <summary>Decodes a PNG or JPEG of our own making. For files from outside use the photo reader, which checks limits first.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a picture.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var mat = Cv2.ImDecode(bytes.ToArray(), ImreadModes.Color);
            if (mat.Empty()) throw new InvalidDataException($"{bytes.Length} bytes are not a picture that can be decoded.");
            return FromMat(mat);
        }
        catch (OpenCVException error)
        {
            throw new InvalidDataException(
                $"{bytes.Length} bytes are not a picture that can be decoded: {MediaProbe.OneLine(error.Message)}", error);
        }
    }

    /// <summary>The picture as an OpenCV matrix (8-bit, B G R); the caller disposes of it.</summary>
    internal static Mat ToMat(RgbImage image)
    {
        using var rgb = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels);
        var bgr = new Mat();
        Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
        return bgr;
    }

    /// <summary>Copies an 8-bit B G R matrix into a picture.</summary>
    internal static RgbImage FromMat(Mat bgr)
    {
        using var rgb = new Mat();
        Cv2.CvtColor(bgr, rgb, ColorConversionCodes.BGR2RGB);
        var image = new RgbImage(rgb.Width, rgb.Height);
        using var target = Mat.FromPixelData(rgb.Height, rgb.Width, MatType.CV_8UC3, image.Pixels);
        rgb.CopyTo(target);
        return image;
    }

    private static byte[] Encode(RgbImage image, string extension, ImageEncodingParam parameter)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var mat = ToMat(image);
        Cv2.ImEncode(extension, mat, out var bytes, parameter);
        return bytes;
    }
}
