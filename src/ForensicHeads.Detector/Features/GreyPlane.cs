using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>Grey = 0.299 R + 0.587 G + 0.114 B on 0 … 255, unrounded: the luma every family of this room means.</summary>
internal static class GreyPlane
{
    /// <summary>Fills float64[H × W], row by row.</summary>
    public static void Fill(RgbImage image, Span<double> grey)
    {
        var pixels = image.Pixels.AsSpan();
        grey = grey[..(image.Width * image.Height)];
        for (var i = 0; i < grey.Length; i++)
        {
            var pixel = pixels.Slice(3 * i, 3);
            grey[i] = (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]);
        }
    }

    /// <summary>Fills int32[H × W] with 1000 · grey = 299 R + 587 G + 114 B, exactly: for definitions that round.</summary>
    public static void FillThousandths(RgbImage image, Span<int> grey)
    {
        var pixels = image.Pixels.AsSpan();
        grey = grey[..(image.Width * image.Height)];
        for (var i = 0; i < grey.Length; i++)
        {
            var pixel = pixels.Slice(3 * i, 3);
            grey[i] = (299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2]);
        }
    }

    /// <summary>Refuses pictures that are not square or smaller than one DCT block, and outputs of the wrong length.</summary>
    public static void Check(IFeatureFamily family, RgbImage image, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != image.Height || image.Width < FeatureLayout.MinimumSize)
        {
            throw new UserErrorException(
                $"{family.Name} cannot be measured on {image.Width}×{image.Height} px; give a square picture of at least {FeatureLayout.MinimumSize} px a side.");
        }

        if (features.Length != family.Length(image.Width))
            throw new ArgumentException($"{features.Length} values were offered for the {family.Length(image.Width)} features of {family.Name}.", nameof(features));
    }
}
