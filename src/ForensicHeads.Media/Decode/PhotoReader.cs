using ForensicHeads.Foundation;
using OpenCvSharp;

namespace ForensicHeads.Media;

/// <summary>Reads single pictures from outside: limits first, then one decode to 8-bit RGB.</summary>
/// <remarks>
/// Grey becomes three equal channels; 16 bits a sample become 8 by dividing by 257; transparent pixels are laid over white, as a viewer
/// shows them; a rotation in the metadata is applied.
/// </remarks>
public static class PhotoReader
{
    /// <summary>Reads one picture.</summary>
    /// <exception cref="MediaRejectedException">Refused, or not decodable; the message is the reason.</exception>
    public static Photo Read(string path, MediaLimits? limits = null, CancellationToken cancellation = default)
    {
        var facts = MediaProbe.Inspect(path, limits, cancellation);
        if (!facts.IsPhoto) throw new MediaRejectedException($"a {facts.Container} video, where a photo was expected");
        return Decode(facts);
    }

    /// <summary>Decodes a photo that was inspected already.</summary>
    internal static Photo Decode(MediaFacts facts)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(facts.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaRejectedException($"cannot be read: {error.Message}", error);
        }

        if (Hashes.Of(bytes) != facts.Sha256) throw new MediaRejectedException("the file changed while it was read");
        var image = Decode(bytes, facts);
        var whole = facts.Container switch
        {
            "jpeg" => bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]),
            "png" => bytes.AsSpan().LastIndexOf("IEND"u8) >= 0,
            _ => true,
        };
        return new Photo(
            facts with { Width = image.Width, Height = image.Height },
            image,
            whole ? MediaStatus.Ok : MediaStatus.Partial,
            whole ? null : $"the {facts.Container} data end before the picture does");
    }

    private static RgbImage Decode(byte[] bytes, MediaFacts facts)
    {
        try
        {
            // With "unchanged" OpenCV keeps the alpha channel but ignores the rotation, so it is only used where there is alpha.
            var alpha = HasAlpha(facts.Container, bytes);
            using var decoded = Cv2.ImDecode(bytes, alpha ? ImreadModes.Unchanged : ImreadModes.AnyColor | ImreadModes.AnyDepth);
            if (decoded.Empty()) throw new MediaRejectedException($"the {facts.Container} data cannot be decoded");
            using var eight = ToEightBits(decoded);
            using var bgr = ToThreeChannels(eight);
            return ImageCodec.FromMat(bgr);
        }
        catch (OpenCVException error)
        {
            throw new MediaRejectedException($"the {facts.Container} data cannot be decoded: {MediaProbe.OneLine(error.Message)}", error);
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
