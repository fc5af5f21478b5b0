namespace ForensicHeads.Generator.Baselines;

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
