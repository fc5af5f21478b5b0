namespace ForensicHeads.Generator.Baselines;

/// <summary>
/// Self-blended images (Shiohara and Yamasaki 2022, arXiv 2204.08376, section 3): a picture is blended with a transformed and slightly moved copy
/// of itself under a mask of its face. Nobody's face is exchanged, but the traces of an exchange are there: a boundary, and statistics that differ
/// on its sides. It counts as generation, and consent is asked for as for any other.
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
                for (var c = 0; c < 3; c++) result[x, y][c] = (byte)Math.Round((blend[x, y] * source[c][x, y]) + ((1 - blend[x, y]) * target[c][x, y]));
            }
        }

        return result;
    }
}
