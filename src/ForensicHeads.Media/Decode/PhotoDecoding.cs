using OpenCvSharp;

namespace ForensicHeads.Media.Decode;

/// <summary>Photos to 8-bit sRGB, upright, by OpenCV. For files from outside this runs in a child process alone.</summary>
internal static class PhotoDecoding
{
    /// <summary>Asks for a picture of an animation: a WebP whose transparency is handed on rather than laid over white.</summary>
    internal const string AnimationFrame = "webp-frame";

    /// <summary>Decodes a photo whose size was checked.</summary>
    /// <exception cref="MediaRejectedException">It cannot be decoded; the message is the reason.</exception>
    internal static DecodedPhoto Decode(byte[] bytes, string container)
    {
        var tags = PhotoTags.Read(container == AnimationFrame ? "webp" : container, bytes);
        try
        {
            var warnings = new List<string>();
            using var decoded = Cv2.ImDecode(container == "tiff" ? Neutral(bytes) : bytes,
                ImreadModes.Unchanged | ImreadModes.IgnoreOrientation);
            if (decoded.Empty()) throw new MediaRejectedException($"the {container} data cannot be decoded");
            if (tags.WhiteIsZero) Invert(decoded);
            var conversion = Conversion(tags, decoded.Channels(), warnings);
            var stored = (decoded.Width, decoded.Height);
            using var eight = conversion is null ? ToEightBits(decoded) : Converted(decoded, conversion);
            if (container == AnimationFrame) return OfAnimation(eight, warnings);
            using var bgr = ToThreeChannels(eight);
            using var upright = Turn(bgr, tags.Orientation);
            return new DecodedPhoto(ImageCodec.FromMat(upright), stored.Width, stored.Height, tags.Orientation, warnings, Notes(tags));
        }
        catch (OpenCVException error)
        {
            throw new MediaRejectedException($"the {container} data cannot be decoded: {MediaProbe.OneLine(error.Message)}", error);
        }
    }

    private static string[] Notes(PhotoTags tags) => tags.FurtherPages == 0 ? [] :
        [FormattableString.Invariant($"pages: {tags.FurtherPages} further page{(tags.FurtherPages == 1 ? " was" : "s were")} left out")];

    private static DecodedPhoto OfAnimation(Mat picture, List<string> warnings)
    {
        using var colours = new Mat();
        if (picture.Channels() == 4) Cv2.CvtColor(picture, colours, ColorConversionCodes.BGRA2BGR);
        else picture.CopyTo(colours);
        var photo = new DecodedPhoto(ImageCodec.FromMat(colours), colours.Width, colours.Height, Orientation.Upright, warnings, []);
        if (picture.Channels() != 4) return photo;
        using var alpha = picture.ExtractChannel(3);
        return alpha.GetArray(out byte[] values) ? photo with { Alpha = values } : photo;
    }

    /// <summary>A TIFF that says nothing of its orientation and of white, which its decoder heeds in some kinds of file and in others
    /// not.</summary>
    private static byte[] Neutral(byte[] bytes)
    {
        if (TiffDirectory.First(bytes) is not { } first) return bytes;
        var neutral = (byte[])bytes.Clone();
        foreach (var tag in new[] { 0x0112, 262 })
        {
            if (first.Place(tag) is not var (at, length) || (tag == 262 && first.Integer(tag) != 0)) continue;
            var value = neutral.AsSpan(at, length);
            value.Clear();
            value[bytes[0] == 'I' ? 0 : length - 1] = 1;
        }

        return neutral;
    }

    private static ColourConversion? Conversion(PhotoTags tags, int channels, List<string> warnings)
    {
        if (tags.Codes is var (primaries, transfer, limited))
        {
            if (transfer is "smpte2084" or "arib-std-b67") warnings.Add(ColourWarnings.ToneMapped(transfer));
            return ColourConversion.OfTags(primaries, transfer == "unknown" ? "iec61966-2-1" : transfer, limited);
        }

        if (tags.IsCmyk)
        {
            warnings.Add("inks: it is in CMYK, which was read without a profile; colours are rough");
            return null;
        }

        if (tags.Icc.Length > 0)
        {
            try
            {
                return IccProfile.Read(tags.Icc, channels is 1 or 2 ? 1 : 3);
            }
            catch (FormatException fault)
            {
                warnings.Add(ColourWarnings.Unreadable(fault));
                return null;
            }
        }

        return tags.IsAdobeRgb
            ? ColourConversion.OfProfile([v => Math.Pow(v, 563 / 256.0)], ColourPrimaries.AdobeRgb.ToBt709()) : null;
    }

    private static void Invert(Mat picture)
    {
        // Alpha, where there is one, stays.
        var depth = picture.Depth();
        var most = depth == MatType.CV_8U ? 255 : depth == MatType.CV_16U ? 65535 : 1;
        var alpha = picture.Channels() is 2 or 4;
        var planes = Cv2.Split(picture);
        for (var i = 0; i < planes.Length - (alpha ? 1 : 0); i++) Cv2.Subtract(Scalar.All(most), planes[i], planes[i]);
        Cv2.Merge(planes, picture);
        foreach (var plane in planes) plane.Dispose();
    }

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

    /// <summary>To sRGB from all the bits there are; alpha stays.</summary>
    private static Mat Converted(Mat source, ColourConversion conversion)
    {
        using var sixteen = new Mat();
        var depth = source.Depth();
        source.ConvertTo(sixteen, MatType.CV_16U, depth == MatType.CV_8U ? 257 : depth == MatType.CV_16U ? 1 : 65535);
        using var rgb = new Mat();
        Cv2.CvtColor(sixteen, rgb, source.Channels() switch
        {
            1 => ColorConversionCodes.GRAY2RGB,
            3 => ColorConversionCodes.BGR2RGB,
            4 => ColorConversionCodes.BGRA2RGB,
            var other => throw new MediaRejectedException($"it has {other} channels; 1, 3 and 4 are known"),
        });
        var (height, samples) = (rgb.Height, checked(rgb.Width * 3));
        var pixels = new byte[samples];
        var result = new Mat(rgb.Size(), MatType.CV_8UC3);
        for (var y = 0; y < height; y++)
        {
            conversion.Apply(Row<ushort>(rgb, y, samples), pixels);
            pixels.CopyTo(Row<byte>(result, y, pixels.Length));
        }

        Cv2.CvtColor(result, result, ColorConversionCodes.RGB2BGR);
        if (source.Channels() != 4) return result;
        using var eight = ToEightBits(source);
        using var alpha = eight.ExtractChannel(3);
        var planes = Cv2.Split(result);
        Cv2.Merge([.. planes, alpha], result);
        foreach (var plane in planes) plane.Dispose();
        return result;
    }

    private static unsafe Span<T> Row<T>(Mat picture, int row, int length) where T : unmanaged =>
        new((void*)picture.Ptr(row), length);

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

    private static Mat Turn(Mat picture, Orientation orientation)
    {
        var result = new Mat();
        if (orientation.Swaps()) Cv2.Transpose(picture, result);
        else picture.CopyTo(result);
        // After a transposition a quarter turn clockwise is a mirroring, and so on.
        FlipMode? flip = orientation switch
        {
            Orientation.Mirror or Orientation.Clockwise => FlipMode.Y,
            Orientation.Flip or Orientation.Counterclockwise => FlipMode.X,
            Orientation.HalfTurn or Orientation.Transverse => FlipMode.XY,
            _ => null,
        };
        if (flip is { } mode) Cv2.Flip(result, result, mode);
        return result;
    }
}

/// <summary>A photo as it came out of its decoder.</summary>
/// <param name="Image">8-bit sRGB, upright.</param>
/// <param name="StoredWidth">Pixels before it was turned.</param>
/// <param name="StoredHeight">Pixels before it was turned.</param>
/// <param name="Orientation">How it was turned.</param>
/// <param name="Warnings">What weakens it, a line each.</param>
/// <param name="Notes">What was left out, a line each.</param>
internal sealed record DecodedPhoto(RgbImage Image, int StoredWidth, int StoredHeight, Orientation Orientation,
    IReadOnlyList<string> Warnings, IReadOnlyList<string> Notes)
{
    /// <summary>How opaque each pixel is, 0 … 255; empty where all are, or where they were laid over white.</summary>
    internal byte[] Alpha { get; init; } = [];
}
