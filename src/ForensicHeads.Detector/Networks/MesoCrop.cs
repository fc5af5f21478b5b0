namespace ForensicHeads.Detector.Networks;

/// <summary>
/// The square of a face as MesoNet was taught on it (Afchar et al. 2018; geometry of the authors' <c>pipeline.py</c>): about the nose,
/// turned so that the mouth lies straight below the eyes, a side of 1.3 · 2.2 times the longer of the distances between the eyes and from
/// eyes to mouth. Brought to 256×256 bilinearly (the authors use a cubic spline); what lies outside the picture is its mirror image.
/// </summary>
public static class MesoCrop
{
    /// <summary>Side of the result in pixels.</summary>
    public const int Size = 256;

    private const double SideOfDistance = 1.3 * 2.2;
    private static readonly int[] UpperLip = [48, 49, 50, 51, 52, 53, 54, 60, 61, 62, 63, 64];
    private static readonly int[] LowerLip = [48, 54, 55, 56, 57, 58, 59, 60, 64, 65, 66, 67];

    /// <summary>Cuts the face out.</summary>
    /// <param name="image">Any picture.</param>
    /// <param name="landmarks">The face's landmarks, in its pixels.</param>
    /// <exception cref="UserErrorException">Landmarks that are not finite or all lie in one point.</exception>
    public static RgbImage Of(RgbImage image, Landmarks68 landmarks)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(landmarks);
        var (eyeX, eyeY) = Mean(landmarks, [36, 37, 38, 39, 40, 41]);
        var (otherX, otherY) = Mean(landmarks, [42, 43, 44, 45, 46, 47]);
        var (bridgeX, bridgeY) = Mean(landmarks, [27, 28, 29, 30]);
        var (tipX, tipY) = Mean(landmarks, [31, 32, 33, 34, 35]);
        var (upperX, upperY) = Mean(landmarks, UpperLip);
        var (lowerX, lowerY) = Mean(landmarks, LowerLip);
        var (x, y) = ((bridgeX + tipX) / 2, (bridgeY + tipY) / 2);
        var (downX, downY) = (((upperX + lowerX) - (eyeX + otherX)) / 2, ((upperY + lowerY) - (eyeY + otherY)) / 2);
        var down = Math.Sqrt((downX * downX) + (downY * downY));
        var side = SideOfDistance * Math.Max(Math.Sqrt(((eyeX - otherX) * (eyeX - otherX)) + ((eyeY - otherY) * (eyeY - otherY))), down);
        if (!double.IsFinite(side + x + y) || down <= 0)
            throw new UserErrorException(
                "The landmarks are not finite or lie in one point, so no face can be cut out for MesoNet; leave the frame out.");
        // The result's axes in the picture: "down" runs from the eyes to the mouth.
        var (ux, uy) = (downX / down, downY / down);
        return Sample(image, (column, row) =>
            (x + (column * side * uy) + (row * side * ux), y - (column * side * ux) + (row * side * uy)), side);
    }

    // Each pixel is the mean of enough bilinear samples to leave no source pixel out.
    private static RgbImage Sample(RgbImage image, Func<double, double, (double X, double Y)> place, double side)
    {
        var result = new RgbImage(Size, Size);
        var steps = Math.Max(1, (int)Math.Ceiling(side / Size));
        var grid = steps * Size;
        Span<double> sum = stackalloc double[3];
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                sum.Clear();
                for (var part = 0; part < steps * steps; part++)
                {
                    var (across, along) = ((column * steps) + (part % steps), (row * steps) + (part / steps));
                    var (x, y) = place(((across + 0.5) / grid) - 0.5, ((along + 0.5) / grid) - 0.5);
                    Add(image, x, y, sum);
                }

                var pixel = result[column, row];
                for (var channel = 0; channel < 3; channel++) pixel[channel] = (byte)Math.Round(sum[channel] / (steps * steps));
            }
        }

        return result;
    }

    private static void Add(RgbImage image, double x, double y, Span<double> sum)
    {
        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (fx, fy) = (x - left, y - top);
        for (var corner = 0; corner < 4; corner++)
        {
            var (dx, dy) = (corner & 1, corner >> 1);
            var weight = (dx == 1 ? fx : 1 - fx) * (dy == 1 ? fy : 1 - fy);
            var pixel = image[Mirrored((long)left + dx, image.Width), Mirrored((long)top + dy, image.Height)];
            for (var channel = 0; channel < 3; channel++) sum[channel] += weight * pixel[channel];
        }
    }

    // Mirrored about the outermost pixels' centres.
    private static int Mirrored(long at, int length)
    {
        if (length == 1) return 0;
        var period = 2L * (length - 1);
        var within = ((at % period) + period) % period;
        return (int)(within < length ? within : period - within);
    }

    private static (double X, double Y) Mean(Landmarks68 points, int[] which) =>
        (which.Average(i => (double)points[i].X), which.Average(i => (double)points[i].Y));
}
