namespace ForensicHeads.Datasets.Procedural;

/// <summary>The red of the lips: its height above and below the mouth's line.</summary>
internal static class Lips
{
    /// <summary>Upper lip with Cupid's bow.</summary>
    public static float Upper(HeadTraits p, float x)
    {
        var s = Math.Clamp(MathF.Abs(x) / p.MouthWidth, 0, 1);
        return p.UpperLip * MathF.Pow(1 - s, 0.75f) * (1 - (0.22f * MathF.Exp(-(s * s) / 0.012f))) * (1 + (0.35f * s));
    }

    /// <summary>Lower lip.</summary>
    public static float Lower(HeadTraits p, float x)
    {
        var s = Math.Clamp(MathF.Abs(x) / p.MouthWidth, 0, 1);
        return p.LowerLip * MathF.Pow(1 - (s * s), 0.8f);
    }

    /// <summary>How far the mouth can open at <paramref name="x"/>, 0 at the corners, 1 in the middle.</summary>
    public static float Opening(HeadTraits p, float x)
    {
        var s = MathF.Min(1, MathF.Abs(x) / (p.MouthWidth * 0.97f));
        return MathF.Pow(1 - (s * s), 0.65f);
    }
}
