namespace ForensicHeads.Detector.Foreign;

/// <summary>Reads a square of a picture bilinearly; what lies outside the picture is its mirror image.</summary>
internal static class SquareReader
{
    // Landmarks that a stranger wrote may span any square; this many samples a row and pixel are enough for all that are real.
    private const int MostSteps = 32;

    /// <summary>Reads it at a size.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="square">What of it.</param>
    /// <param name="input">Width, height, and whether each pixel is one sample or the mean of enough to leave no source pixel out.</param>
    public static RgbImage Read(RgbImage image, FaceSquare square, DetectorInput input)
    {
        var (width, height, side) = (input.Width, input.Height, square.Side);
        var steps = input.Resize == ResizeFilter.Bilinear ? 1
            : (int)Math.Clamp(Math.Ceiling(side / Math.Min(width, height)), 1, MostSteps);
        var (result, count) = (new RgbImage(width, height), steps * steps);
        var pixel = 0;
        Span<double> sum = stackalloc double[PictureTensor.Channels];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                sum.Clear();
                for (var part = 0; part < count; part++)
                {
                    var across = (((column * steps) + (part % steps) + 0.5) / (steps * width)) - 0.5;
                    var along = (((row * steps) + (part / steps) + 0.5) / (steps * height)) - 0.5;
                    Add(image, square.X + (across * side * square.DownY) + (along * side * square.DownX),
                        square.Y - (across * side * square.DownX) + (along * side * square.DownY), sum);
                }

                foreach (var value in sum) result.Pixels[pixel++] = (byte)Math.Round(value / count);
            }
        }

        return result;
    }

    private static void Add(RgbImage image, double x, double y, Span<double> sum)
    {
        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (fx, fy) = (x - left, y - top);
        var (west, east) = (Mirrored((long)left, image.Width), Mirrored((long)left + 1, image.Width));
        var (north, south) = (Mirrored((long)top, image.Height) * image.Width, Mirrored((long)top + 1, image.Height) * image.Width);
        var pixels = image.Pixels;
        var (northWest, northEast) = ((north + west) * PictureTensor.Channels, (north + east) * PictureTensor.Channels);
        var (southWest, southEast) = ((south + west) * PictureTensor.Channels, (south + east) * PictureTensor.Channels);
        var (a, b, c, d) = ((1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy);
        // One after the other: the order of the additions is part of the crop's bytes.
        for (var i = 0; i < sum.Length; i++)
            sum[i] = sum[i] + (a * pixels[northWest + i]) + (b * pixels[northEast + i]) + (c * pixels[southWest + i])
                + (d * pixels[southEast + i]);
    }

    // Mirrored about the outermost pixels' centres.
    private static int Mirrored(long at, int length)
    {
        if ((ulong)at < (ulong)length) return (int)at;
        if (length == 1) return 0;
        var period = 2L * (length - 1);
        var within = ((at % period) + period) % period;
        return (int)(within < length ? within : period - within);
    }
}
