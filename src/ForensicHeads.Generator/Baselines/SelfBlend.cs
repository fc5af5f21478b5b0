namespace ForensicHeads.Generator.Baselines;

/// <summary>
/// Self-blended images (Shiohara and Yamasaki 2022, arXiv 2204.08376, section 3): a picture is blended with a transformed and slightly
/// moved copy of itself under a mask of its face. Nobody's face is exchanged, but the traces of an exchange are there: a boundary, and
/// statistics that differ on its sides. It counts as generation, and consent is asked for as for any other.
/// </summary>
public static class SelfBlend
{
    /// <summary>Blends one shot with itself.</summary>
    /// <param name="shot">A square picture and its landmarks.</param>
    /// <param name="options">Ranges of the draws.</param>
    /// <param name="random">The stream of the draws.</param>
    public static RgbImage Of(Shot shot, SelfBlendOptions options, SeededRandom random) => Of(shot, options, random, out _);

    /// <inheritdoc cref="Of(Shot, SelfBlendOptions, SeededRandom)"/>
    internal static RgbImage Of(Shot shot, SelfBlendOptions options, SeededRandom random, out FloatPlane mask)
    {
        var size = shot.Image.Width;
        var plain = Enumerable.Range(0, 3).Select(c => FloatPlane.Of(size, size, (x, y) => shot.Image[x, y][c])).ToArray();
        var onTarget = random.Chance(options.TargetShare);
        var transformed = SourceTransform.Apply(plain, options, random);
        var (source, target) = onTarget ? (plain, transformed) : (transformed, plain);
        var motion = FaceMotion.Draw(options, random);
        var blend = mask = BlendMask.Draw(shot.Landmarks, size, motion, options, random);
        source = Array.ConvertAll(source, motion.Apply);

        var result = new RgbImage(size, size);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                for (var c = 0; c < 3; c++) result[x, y][c] =
                    (byte)Math.Round((blend[x, y] * source[c][x, y]) + ((1 - blend[x, y]) * target[c][x, y]));
            }
        }

        return result;
    }
}

/// <summary>A stretch about the picture's centre and a shift, by which a face no longer lies where it was.</summary>
/// <param name="ScaleX">Factor on the width.</param>
/// <param name="ScaleY">Factor on the height.</param>
/// <param name="MoveX">Shift to the right, as a share of the width.</param>
/// <param name="MoveY">Shift down, as a share of the height.</param>
internal readonly record struct FaceMotion(double ScaleX, double ScaleY, double MoveX, double MoveY)
{
    public static FaceMotion Draw(SelfBlendOptions options, SeededRandom random) => new(
        random.Uniform(options.Scale, 1 / options.Scale), random.Uniform(options.Scale, 1 / options.Scale),
            random.Uniform(-options.MoveX, options.MoveX), random.Uniform(-options.MoveY, options.MoveY));

    /// <summary>Where a point of a picture of that size goes.</summary>
    public (double X, double Y) Apply((double X, double Y) point, int size)
    {
        var centre = (size - 1) / 2.0;
        return (centre + (ScaleX * (point.X - centre)) + (MoveX * size), centre + (ScaleY * (point.Y - centre)) + (MoveY * size));
    }

    /// <summary>The moved plane, a square.</summary>
    public FloatPlane Apply(FloatPlane plane)
    {
        var (motion, size) = (this, plane.Width);
        var centre = (size - 1) / 2.0;
        return FloatPlane.Of(size, size,
            (x, y) =>
                plane.Sample(centre + ((x - centre - (motion.MoveX * size)) / motion.ScaleX),
            centre + ((y - centre - (motion.MoveY * size)) / motion.ScaleY)));
    }
}

/// <summary>How self-blended images are made; the defaults are those of Shiohara and Yamasaki (arXiv 2204.08376) but for
/// <see cref="TargetShare"/>.</summary>
public sealed record SelfBlendOptions
{
    /// <summary>
    /// Share of the pictures in which the frame around the face is transformed and not the face. The paper: 0.5, where the true frame gets
    /// the same transform. Here true frames stay as they are, so a transformed frame would be told by its colours alone: 0.
    /// </summary>
    public double TargetShare { get; init; }

    /// <summary>Share of the pictures whose red, green and blue are shifted.</summary>
    public double ShiftShare { get; init; } = 0.3;

    /// <summary>Largest shift of a colour, each its own, in grey levels.</summary>
    public double Shift { get; init; } = 20;

    /// <summary>Largest change of brightness, as a share of 255.</summary>
    public double Brightness { get; init; } = 0.1;

    /// <summary>Largest change of contrast, as a share.</summary>
    public double Contrast { get; init; } = 0.1;

    /// <summary>By how much a picture of 380 pixels may be reduced and enlarged again; smaller pictures by less, but at least 1.5
    /// times.</summary>
    public IReadOnlyList<double> Coarseness { get; init; } = [2, 4];

    /// <summary>Widest change of width and of height: between this and one over it.</summary>
    public double Scale { get; init; } = 0.95;

    /// <summary>Largest shift to the side, as a share of the width.</summary>
    public double MoveX { get; init; } = 0.03;

    /// <summary>Largest shift up or down, as a share of the height.</summary>
    public double MoveY { get; init; } = 0.015;

    /// <summary>Strength of the mask's elastic deformation: factor on smoothed noise from −1 to 1, in pixels of a mask of about
    /// 224.</summary>
    public double Elasticity { get; init; } = 50;

    /// <summary>Standard deviation by which that noise is smoothed, in the same pixels.</summary>
    public double ElasticSigma { get; init; } = 7;

    /// <summary>Share of the masks that take in the forehead, which the 68 landmarks do not mark.</summary>
    public double ForeheadShare { get; init; } = 0.75;

    /// <summary>How much of the face is blended in, one of them at random.</summary>
    public IReadOnlyList<double> BlendRatios { get; init; } = [0.25, 0.5, 0.75, 1, 1, 1];
}

/// <summary>
/// What makes source and target of a self-blended image differ in their statistics: colour, brightness, contrast, then either sharper or
/// coarser, as strongly as it would show on a picture of the paper's size reduced to this one. (The shift of hue, saturation and value, 0.3
/// of an 8-bit step in the authors' code, changes nothing and is left out.)
/// </summary>
internal static class SourceTransform
{
    // The paper's input size; at 64 pixels the same windows would reach over half an eye.
    private const int ReferenceSize = 380;

    /// <summary>Red, green and blue in 0 … 255, not rounded.</summary>
    public static FloatPlane[] Apply(FloatPlane[] colours, SelfBlendOptions options, SeededRandom random)
    {
        var shifted = random.Chance(options.ShiftShare);
        var shifts = colours.Select(_ => shifted ? random.Uniform(-options.Shift, options.Shift) : 0).ToArray();
        var (contrast, brightness) =
            (1 + random.Uniform(-options.Contrast, options.Contrast), 255 * random.Uniform(-options.Brightness, options.Brightness));
        var toned = colours.Select((plane, c) =>
            FloatPlane.Of(plane.Width, plane.Height, (x, y) => Level((contrast * (plane[x, y] + shifts[c])) + brightness))).ToArray();
        return random.Chance(0.5) ? Coarser(toned, random.Pick(options.Coarseness))
            : Sharper(toned, random.Uniform(0.2, 0.5) * Math.Min(1, colours[0].Width / (double)ReferenceSize), random.Uniform(0.5, 1));
    }

    // Every so manieth pixel, then bilinear: a face that comes from a smaller picture.
    private static FloatPlane[] Coarser(FloatPlane[] colours, double coarseness)
    {
        var size = colours[0].Width;
        var small = Math.Max(1, (int)Math.Round(size / Math.Max(1.5, coarseness * size / ReferenceSize)));
        return Array.ConvertAll(colours, plane =>
            FloatPlane.Of(small, small, (x, y) => plane[x * size / small, y * size / small]).Resize(size, size));
    }

    // A picture mixed with its Laplacian, whose centre weighs a little more.
    private static FloatPlane[] Sharper(FloatPlane[] colours, double share, double lightness) =>
        Array.ConvertAll(colours, plane => FloatPlane.Of(plane.Width, plane.Height, (x, y) =>
    {
        var around = 0f;
        for (var dy = -1; dy <= 1; dy++)
            for (var dx = -1; dx <= 1; dx++) around += plane.Sample(x + dx, y + dy);
        return Level(((1 - share) * plane[x, y]) + (share * (((9 + lightness) * plane[x, y]) - around)));
    }));

    private static float Level(double value) => (float)Math.Clamp(value, 0, 255);
}
