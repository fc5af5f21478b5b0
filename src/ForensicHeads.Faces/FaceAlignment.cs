namespace ForensicHeads.Faces;

/// <summary>Turns, scales and moves pictures by similarity transforms, with bilinear reading; grey beyond the edge.</summary>
internal static class FaceAlignment
{
    private const byte Grey = 128;

    // Where the upright face lies, as shares of the side: the middle of the eyes, and the chin straight below it.
    private const double EyesY = 0.47;
    private const double ChinY = 0.95;

    /// <summary>The face upright and of one height, eyes' middle and chin (point 8) at fixed places.</summary>
    /// <exception cref="UserErrorException">Eyes and chin fall together.</exception>
    public static RgbImage Upright(RgbImage image, Landmarks68 landmarks, FaceJitter jitter)
    {
        var (eyesX, eyesY) = Mean(landmarks, 36, 47);
        var (downX, downY) = (landmarks[8].X - eyesX, landmarks[8].Y - eyesY);
        var length = Math.Sqrt((downX * downX) + (downY * downY));
        if (!(length >= 1)) throw new UserErrorException(
            "The landmarks of a frame span no face: eyes and chin fall together. Leave the frame out.");
        // Source pixels a target pixel, and where the target's axes point in the source.
        var scale = length / ((ChinY - EyesY) * image.Height);
        var turn = Math.Atan2(-downX, downY);
        return Read(image, (eyesX, eyesY), ((image.Width - 1) / 2.0, EyesY * image.Height), scale, turn, jitter);
    }

    /// <summary>The picture moved about its middle.</summary>
    public static RgbImage Move(RgbImage image, FaceJitter jitter)
    {
        var centre = ((image.Width - 1) / 2.0, (image.Height - 1) / 2.0);
        return Read(image, centre, centre, 1, 0, jitter);
    }

    /// <summary>Landmarks moved as their picture is.</summary>
    public static Landmarks68 Move(Landmarks68 landmarks, int size, FaceJitter jitter)
    {
        var centre = (size - 1) / 2.0;
        var (cos, sin) = (Math.Cos(jitter.Angle) * jitter.Scale, Math.Sin(jitter.Angle) * jitter.Scale);
        var moved = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var (x, y) = (landmarks[i].X - centre, landmarks[i].Y - centre);
            moved[2 * i] = (float)(centre + jitter.ShiftX + (cos * x) - (sin * y));
            moved[(2 * i) + 1] = (float)(centre + jitter.ShiftY + (sin * x) + (cos * y));
        }

        return new Landmarks68(moved);
    }

    public static (double X, double Y) Mean(Landmarks68 landmarks, int first, int last)
    {
        double x = 0, y = 0;
        for (var i = first; i <= last; i++) (x, y) = (x + landmarks[i].X, y + landmarks[i].Y);
        return (x / (last - first + 1), y / (last - first + 1));
    }

    // Target pixel t shows the source at from + scale / jitter.Scale · R(turn − jitter.Angle) (t − to − shift).
    private static RgbImage Read(RgbImage image, (double X, double Y) from, (double X, double Y) to, double scale, double turn,
        FaceJitter jitter)
    {
        var (size, step) = (image.Width, scale / jitter.Scale);
        var (cos, sin) = (step * Math.Cos(turn - jitter.Angle), step * Math.Sin(turn - jitter.Angle));
        var result = new RgbImage(size, image.Height);
        Span<double> sum = stackalloc double[3];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (dx, dy) = (x - to.X - jitter.ShiftX, y - to.Y - jitter.ShiftY);
                var (sourceX, sourceY) = (from.X + (cos * dx) - (sin * dy), from.Y + (sin * dx) + (cos * dy));
                Sample(image, sourceX, sourceY, sum);
                var pixel = result[x, y];
                for (var c = 0; c < 3; c++) pixel[c] = (byte)(sum[c] + 0.5);
            }
        }

        return result;
    }

    /// <summary>The bilinear mean at a place, red, green and blue, 0 … 255.</summary>
    public static void Sample(RgbImage image, double x, double y, Span<double> sum)
    {
        sum.Clear();
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        for (var row = top; row <= top + 1; row++)
        {
            var rowShare = 1 - Math.Abs(y - row);
            for (var column = left; column <= left + 1; column++)
            {
                var share = rowShare * (1 - Math.Abs(x - column));
                if ((uint)row < (uint)image.Height && (uint)column < (uint)image.Width)
                {
                    var pixel = image[column, row];
                    for (var c = 0; c < 3; c++) sum[c] += share * pixel[c];
                }
                else
                {
                    for (var c = 0; c < 3; c++) sum[c] += share * Grey;
                }
            }
        }
    }
}

/// <summary>A small movement of a face inside its crop.</summary>
/// <param name="Scale">Enlargement, 1 for none.</param>
/// <param name="Angle">Turn in radians.</param>
/// <param name="ShiftX">To the right, pixels.</param>
/// <param name="ShiftY">Downwards, pixels.</param>
internal sealed record FaceJitter(double Scale, double Angle, double ShiftX, double ShiftY)
{
    /// <summary>Stretch of the cut-out region to the sides.</summary>
    public double RegionX { get; init; } = 1;

    /// <summary>Stretch of the cut-out region up and down.</summary>
    public double RegionY { get; init; } = 1;

    public static FaceJitter None { get; } = new(1, 0, 0, 0);

    /// <summary>Draws one within plus or minus the given amounts.</summary>
    public static FaceJitter Draw(SeededRandom random, double scale, double angle, double shift) =>
        new(1 + random.Uniform(-scale, scale), random.Uniform(-angle, angle), random.Uniform(-shift, shift), random.Uniform(-shift, shift));
}
