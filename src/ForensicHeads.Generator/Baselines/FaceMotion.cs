namespace ForensicHeads.Generator.Baselines;

/// <summary>A stretch about the picture's centre and a shift, by which a face no longer lies where it was.</summary>
/// <param name="ScaleX">Factor on the width.</param>
/// <param name="ScaleY">Factor on the height.</param>
/// <param name="MoveX">Shift to the right, as a share of the width.</param>
/// <param name="MoveY">Shift down, as a share of the height.</param>
internal readonly record struct FaceMotion(double ScaleX, double ScaleY, double MoveX, double MoveY)
{
    public static FaceMotion Draw(SelfBlendOptions options, SeededRandom random) => new(
        random.Uniform(options.Scale, 1 / options.Scale), random.Uniform(options.Scale, 1 / options.Scale), random.Uniform(-options.MoveX, options.MoveX), random.Uniform(-options.MoveY, options.MoveY));

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
        return FloatPlane.Of(size, size, (x, y) => plane.Sample(centre + ((x - centre - (motion.MoveX * size)) / motion.ScaleX), centre + ((y - centre - (motion.MoveY * size)) / motion.ScaleY)));
    }
}
