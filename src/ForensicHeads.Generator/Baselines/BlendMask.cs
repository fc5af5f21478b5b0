namespace ForensicHeads.Generator.Baselines;

/// <summary>
/// The mask generator of self-blended images: the hull of the landmarks, deformed elastically, made smaller or larger by two blurs, and
/// faded. Drawn at 192 to 256 pixels whatever the picture's size, as the windows' sizes are meant for that.
/// </summary>
internal static class BlendMask
{
    /// <summary>float32[size × size], 0 … 1: how much of the source each pixel takes.</summary>
    public static FloatPlane Draw(Landmarks68 landmarks, int size, FaceMotion motion, SelfBlendOptions options, SeededRandom random)
    {
        var points = Points(landmarks, random.Chance(options.ForeheadShare)).Select(point => motion.Apply(point, size));
        var (width, height) = (192 + random.NextInt(65), 192 + random.NextInt(65));
        var inside =
            ConvexHull.Of(points.Select(point => (((point.X + 0.5) * width / size) - 0.5, ((point.Y + 0.5) * height / size) - 0.5)))
            .Inside(width, height);
        var hull = FloatPlane.Of(width, height, (x, y) => inside[(y * width) + x] ? 1 : 0);
        var soft = Soften(Deform(hull, options, random), random);
        var ratio = (float)random.Pick(options.BlendRatios);
        var mask = soft.Resize(size, size);
        for (var i = 0; i < mask.Values.Length; i++) mask.Values[i] = Math.Clamp(mask.Values[i] * ratio, 0, 1);
        return mask;
    }

    /// <summary>The landmarks; with the forehead, the brows once more, higher by two fifths of the way from chin to brows.</summary>
    private static IEnumerable<(double X, double Y)> Points(Landmarks68 landmarks, bool forehead)
    {
        var points = Enumerable.Range(0, Landmarks68.Count).Select(i => ((double)landmarks[i].X, (double)landmarks[i].Y)).ToArray();
        if (!forehead) return points;
        var (chin, middle) = (points[8], ((points[19].Item1 + points[24].Item1) / 2, (points[19].Item2 + points[24].Item2) / 2));
        var (up, right) = (0.4 * (middle.Item2 - chin.Item2), 0.4 * (middle.Item1 - chin.Item1));
        return points.Concat(points[17..27].Select(brow => (brow.Item1 + right, brow.Item2 + up)));
    }

    // Displacements of smoothed noise (Simard 2003), each axis its own.
    private static FloatPlane Deform(FloatPlane mask, SelfBlendOptions options, SeededRandom random)
    {
        var reach = (2 * (int)Math.Ceiling(3 * options.ElasticSigma)) + 1;
        FloatPlane Field() =>
            FloatPlane.Of(mask.Width, mask.Height, (_, _) => (float)random.Uniform(-1, 1)).Blur(reach, options.ElasticSigma);
        var (across, down) = (Field(), Field());
        return FloatPlane.Of(mask.Width, mask.Height, (x, y) =>
            mask.Sample(x + (options.Elasticity * across[x, y]), y + (options.Elasticity * down[x, y])));
    }

    // Where the first window does not lie wholly inside, nothing is left; the second one widens what is. The larger of the two wins.
    private static FloatPlane Soften(FloatPlane mask, SeededRandom random)
    {
        int Window() => 5 + (2 * random.NextInt(11));
        var (first, second, sigma) = (Window(), Window(), 5 + random.NextInt(41));
        var core = mask.Blur(first, (0.3 * (((first - 1) * 0.5) - 1)) + 0.8);
        var top = core.Values.Max();
        var eroded = FloatPlane.Of(mask.Width, mask.Height, (x, y) => core[x, y] >= top - 1e-5f && top > 0 ? 1 : 0);
        var soft = eroded.Blur(second, sigma);
        var peak = soft.Values.Max();
        if (peak > 0) for (var i = 0; i < soft.Values.Length; i++) soft.Values[i] /= peak;
        return soft;
    }
}
