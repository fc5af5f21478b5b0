namespace ForensicHeads.Datasets.Procedural;

/// <summary>The course of an eyebrow over the distance from the face's middle.</summary>
internal static class Brows
{
    public const float Inner = 0.105f;
    public const float Outer = 0.475f;

    /// <summary>Height of the brow's middle line.</summary>
    public static float Centre(HeadTraits p, float side)
    {
        var s = Math.Clamp((side - Inner) / (Outer - Inner), 0, 1);
        var arch = 1 - MathF.Pow((s - 0.6f) / (s < 0.6f ? 0.85f : 0.7f), 2);
        return p.BrowY + (p.BrowArch * arch) + (p.BrowTilt * (s - 0.5f)) - (0.05f * s * s);
    }

    /// <summary>Half the brow's thickness.</summary>
    public static float Half(HeadTraits p, float side)
    {
        var s = (side - Inner) / (Outer - Inner);
        return s is < 0 or > 1 ? 0 : p.BrowThickness * Noise.Step(-0.12f, 0.15f, s) * MathF.Pow(1 - s, 0.45f) * 1.1f;
    }
}
