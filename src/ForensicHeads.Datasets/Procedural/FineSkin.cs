using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Skin seen from near: pores, wrinkles and gloss as relief; brows and beard hair by hair.</summary>
internal static class FineSkin
{
    private const int Side = 512;
    private const float Slope = 0.4f;

    public static Surface Paint(FaceShape shape)
    {
        var p = shape.Traits;
        var heights = new float[Side * Side];
        var gloss = new float[Side * Side];
        var colour = new Texture(Side, Side, (u, v) =>
        {
            var (theta, t) = FaceChart.FromUv(u, v);
            var x = MathF.Cos(theta) > 0 ? shape.HalfWidth(t) * MathF.Sin(theta) : MathF.CopySign(2, theta);
            var at = ((int)(v * Side) * Side) + (int)(u * Side);
            var pore = Pores(p, x, t, theta);
            heights[at] = pore + Folds(p, x, t, theta);
            gloss[at] = Gloss(p, x, t, theta);
            var flush = Noise.Plane(p.Seed + 60, theta * 9, t * 9) + (0.5f * Noise.Plane(p.Seed + 61, theta * 27, t * 27));
            var tint = Vector3.One + (new Vector3(0.02f, -0.035f, -0.03f) * flush) + new Vector3(14f * pore);
            return new Vector4(SkinTexture.Colour(p, x, t, theta, hairs: 0.75f) * tint, 1);
        });
        var relief = new Texture(Side, Side, (u, v) =>
        {
            var (column, row) = ((int)(u * Side), (int)(v * Side));
            float Height(int c, int r) => heights[(Math.Clamp(r, 0, Side - 1) * Side) + Math.Clamp(c, 0, Side - 1)];
            // About 180 texels a head unit in front; beyond, nothing is fine.
            var across = (Height(column + 1, row) - Height(column - 1, row)) * 90 * Slope;
            var upwards = (Height(column, row - 1) - Height(column, row + 1)) * 120 * Slope;
            return new Vector4(Math.Clamp(across, -0.8f, 0.8f), Math.Clamp(upwards, -0.8f, 0.8f), gloss[(row * Side) + column], 0);
        });
        new Strands(colour, p.Seed).Grow(shape);
        return new Surface(colour, relief);
    }

    // Depths in head units, below 0.
    private static float Pores(HeadTraits p, float x, float t, float theta)
    {
        if (t < -1.3f || MathF.Abs(theta) > 1.7f) return 0;
        var side = MathF.Abs(x);
        var where = 0.45f + Noise.Bump(side - 0.25f, t + 0.33f, 0.22f, 0.2f) + (0.6f * Noise.Bump(x, t + p.NoseLength, 0.15f, 0.15f))
            + (0.3f * Noise.Bump(x, t - 0.4f, 0.4f, 0.2f));
        where *= OnLips(p, x, t) ? 0 : 1 - Noise.Bump(side - p.EyeX, t, p.EyeWidth * 1.2f, 0.1f);
        var pits = MathF.Max(0, Noise.Plane(p.Seed + 50, theta * 48, t * 58) - 0.25f);
        var grain = Noise.Plane(p.Seed + 51, theta * 62, t * 78);
        return where * (0.6f + (0.8f * p.Age)) * ((-0.0065f * pits) + (0.0009f * grain));
    }

    private static float Folds(HeadTraits p, float x, float t, float theta)
    {
        if (OnLips(p, x, t)) return 0.0035f * Noise.Plane(p.Seed + 53, x * 55, t * 6);
        var old = Noise.Step(0.3f, 1f, p.Age);
        var brow = Noise.Step(0.5f, 0.25f, MathF.Abs(x)) * Noise.Step(0.24f, 0.32f, t) * Noise.Step(0.66f, 0.55f, t);
        var lines = MathF.Pow(0.5f + (0.5f * MathF.Sin((t * 62) + (2.2f * Noise.Plane(p.Seed + 54, theta * 3, t * 4)))), 4);
        var crease = Noise.Plane(p.Seed + 55, (theta * 16) + (t * 12), (t * 30) - (theta * 9));
        return (-0.004f * old * brow * lines) + ((0.0005f + (0.0007f * old)) * crease);
    }

    private static float Gloss(HeadTraits p, float x, float t, float theta)
    {
        if (OnLips(p, x, t)) return p.Makeup ? 0.24f : 0.13f;
        var side = MathF.Abs(x);
        var oily = (0.8f * Noise.Bump(x, t - 0.42f, 0.35f, 0.16f)) + Noise.Bump(x, t + (0.75f * p.NoseLength), 0.11f, 0.25f)
            + (0.5f * Noise.Bump(side - 0.4f, t + 0.2f, 0.16f, 0.12f)) + (0.4f * Noise.Bump(x, t + 0.88f, 0.14f, 0.08f));
        var (beard, moustache) = Growth(p, x, t, theta);
        var patchy = 1 + (0.35f * Noise.Plane(p.Seed + 56, theta * 7, t * 7)) + (0.3f * Noise.Plane(p.Seed + 57, theta * 36, t * 40));
        return 0.055f * (0.55f + oily) * patchy * (1 - (0.8f * MathF.Max(beard, moustache)));
    }

    private static (float Beard, float Moustache) Growth(HeadTraits p, float x, float t, float theta)
    {
        var (beard, moustache) = SkinTexture.Growth(p, x, t, theta);
        return (beard * p.Beard, moustache * p.Moustache);
    }

    private static bool OnLips(HeadTraits p, float x, float t) =>
        MathF.Abs(x) < p.MouthWidth && t < p.MouthY + Lips.Upper(p, x) && t > p.MouthY - Lips.Lower(p, x);
}
