using OpenCvSharp;

namespace ForensicHeads.Media.Decode;

/// <summary>Photos to 8-bit RGB by OpenCV. For files from outside this runs in a child process alone.</summary>
internal static class PhotoDecoding
{
    /// <summary>Decodes a photo whose size was checked.</summary>
    /// <exception cref="MediaRejectedException">It cannot be decoded; the message is the reason.</exception>
    internal static RgbImage Decode(byte[] bytes, string container)
    {
        try
        {
            // With "unchanged" OpenCV keeps the alpha channel but ignores the rotation, so it is only used where there is alpha.
            var alpha = HasAlpha(container, bytes);
            using var decoded = Cv2.ImDecode(bytes, alpha ? ImreadModes.Unchanged : ImreadModes.AnyColor | ImreadModes.AnyDepth);
            if (decoded.Empty()) throw new MediaRejectedException($"the {container} data cannot be decoded");
            using var eight = ToEightBits(decoded);
            using var bgr = ToThreeChannels(eight);
            return ImageCodec.FromMat(bgr);
        }
        catch (OpenCVException error)
        {
            throw new MediaRejectedException($"the {container} data cannot be decoded: {MediaProbe.OneLine(error.Message)}", error);
        }
    }

    private static bool HasAlpha(string container, byte[] bytes) => container switch
    {
        "png" => bytes.Length > 25 && (bytes[25] is 4 or 6 || bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).IndexOf("tRNS"u8) > 0),
        "webp" or "tiff" or "bmp" => true,
        _ => false,
    };

    private static Mat ToEightBits(Mat source)
    {
        var result = new Mat();
        var depth = source.Depth();
        if (depth == MatType.CV_8U) source.CopyTo(result);
        else if (depth == MatType.CV_16U) source.ConvertTo(result, MatType.CV_8U, 1 / 257.0);
        else if (depth is MatType.CV_32F or MatType.CV_64F) source.ConvertTo(result, MatType.CV_8U, 255);
        else throw new MediaRejectedException("its samples are neither 8-bit, 16-bit nor floating point");
        return result;
    }

    private static Mat ToThreeChannels(Mat source)
    {
        var result = new Mat();
        switch (source.Channels())
        {
            case 1:
                Cv2.CvtColor(source, result, ColorConversionCodes.GRAY2BGR);
                break;
            case 3:
                source.CopyTo(result);
                break;
            case 4:
                OverWhite(source, result);
                break;
            default:
                throw new MediaRejectedException($"it has {source.Channels()} channels; 1, 3 and 4 are known");
        }

        return result;
    }

    private static void OverWhite(Mat source, Mat result)
    {
        using var alpha = new Mat();
        using var colour = new Mat();
        using var factors = new Mat();
        using var white = new Mat(source.Size(), MatType.CV_8UC3, Scalar.White);
        Cv2.ExtractChannel(source, alpha, 3);
        Cv2.CvtColor(source, colour, ColorConversionCodes.BGRA2BGR);
        Cv2.CvtColor(alpha, factors, ColorConversionCodes.GRAY2BGR);
        using var front = new Mat();
        using var rest = new Mat();
        Cv2.Multiply(colour, factors, front, 1 / 255.0);
        Cv2.Subtract(white, factors, rest);
        Cv2.Add(front, rest, result);
    }
}
