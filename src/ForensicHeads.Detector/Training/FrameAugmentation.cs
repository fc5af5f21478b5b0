namespace ForensicHeads.Detector.Training;

/// <summary>Seeded changes of a training frame that keep its label.</summary>
internal static class FrameAugmentation
{
    private const int LowestQuality = 30;
    private const int HighestQuality = 95;

    /// <summary>Side of the crops of a picture: even, at least 8 where the picture has as many.</summary>
    public static int CropSide(int size, double share) =>
        Math.Min(size, Math.Max(FeatureLayout.MinimumSize, (int)(size * (1 - share)) / 2 * 2));

    /// <summary>JPEG on the picture's own grid, then a crop at even pixels, then perhaps the mirror image. The draws do not depend on one
    /// another's outcome.</summary>
    public static RgbImage Apply(RgbImage image, SeededRandom random, NetworkTrainingOptions options)
    {
        var (isCompressed, quality, isMirrored) =
            (random.Chance(options.JpegShare), LowestQuality + random.NextInt(HighestQuality - LowestQuality + 1),
            random.Chance(0.5) && options.Flips);
        if (isCompressed) image = ImageCodec.Decode(ImageCodec.EncodeJpeg(image, quality));
        var side = CropSide(image.Width, options.CropShare);
        var places = ((image.Width - side) / 2) + 1;
        return Cut(image, 2 * random.NextInt(places), 2 * random.NextInt(places), side, isMirrored);
    }

    private static RgbImage Cut(RgbImage image, int left, int top, int side, bool isMirrored)
    {
        var result = new RgbImage(side, side);
        for (var y = 0; y < side; y++)
        {
            var row = image.Pixels.AsSpan(3 * (((top + y) * image.Width) + left), 3 * side);
            var target = result.Pixels.AsSpan(3 * y * side, 3 * side);
            if (!isMirrored)
            {
                row.CopyTo(target);
                continue;
            }

            for (var x = 0; x < side; x++) row.Slice(3 * (side - 1 - x), 3).CopyTo(target[(3 * x)..]);
        }

        return result;
    }
}
