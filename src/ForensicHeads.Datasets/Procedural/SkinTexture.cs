using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Paints a person's skin: complexion, shading that light cannot reach, lips, brows, beard.</summary>
internal static class SkinTexture
{
    private const int Side = 448;

    public static Texture Paint(FaceShape shape)
    {
        return new Texture(Side, Side, (u, v) =>
        {
            var (theta, t) = FaceChart.FromUv(u, v);
            var front = MathF.Cos(theta) > 0;
            var x = front ? shape.HalfWidth(t) * MathF.Sin(theta) : MathF.CopySign(2, theta);
            return new Vector4(Colour(shape.Traits, x, t, theta, 1), 1);
        });
    }

    /// <summary>The colour at a place; <paramref name="hairs"/> says how dense brows, lashes and beard are painted, 1 where nothing else
    /// shows them.</summary>
    public static Vector3 Colour(HeadTraits p, float x, float t, float theta, float hairs)
    {
        var side = MathF.Abs(x);
        var colour =
            p.Skin * (1 + (0.05f * Noise.Plane(p.Seed, theta * 5, t * 5)) + (0.035f * Noise.Plane(p.Seed + 1, theta * 22, t * 22)));
        var red = p.Blush * 0.5f * Noise.Bump(side - 0.42f, t + 0.27f, 0.16f, 0.13f);
        red += 0.45f * Noise.Bump(x, t + p.NoseLength, 0.1f, 0.08f) + (0.12f * Noise.Bump(x, t + 0.9f, 0.15f, 0.1f));
        colour *= Vector3.Lerp(Vector3.One, new Vector3(1.07f, 0.82f, 0.80f), MathF.Min(1, red) * (0.35f + (0.65f * p.Tone)));
        if (p.Freckles > 0)
        {
            var spot = Noise.Step(0.45f, 0.7f, Noise.Plane(p.Seed + 2, theta * 48, t * 44)) * Noise.Step(0.62f, 0.1f, side) * Noise.Step(
                -0.75f, -0.3f, t) * Noise.Step(0.5f, 0f, t);
            colour *= Vector3.Lerp(Vector3.One, new Vector3(0.72f, 0.52f, 0.42f), spot * p.Freckles);
        }

        colour *= Wrinkles(p, x, side, t);
        colour = FacialHair(p, colour, x, t, theta, hairs);
        colour = Mouth(p, colour, x, t);
        colour = Scalp(p, colour, theta, t);
        colour *= Occlusion(p, x, side, t, theta);
        colour = Eyes(p, colour, side, t, hairs);
        return Brow(p, colour, side, t, hairs);
    }

    // Roots show through along the hairline, so that the shell does not end like a cap.
    private static Vector3 Scalp(HeadTraits p, Vector3 colour, float theta, float t)
    {
        if (p.Style == HairStyle.Bald) return Vector3.Lerp(colour, p.Hair, 0.25f * Noise.Step(0.55f, 0.85f, t) * p.Stubble);
        var above = t - HairShell.Hairline(p, theta) + (0.035f * Noise.Plane(p.Seed + 15, theta * 40, t * 18));
        return Vector3.Lerp(colour, p.Hair * 0.75f,
            0.9f * Noise.Step(-0.055f, 0.045f, above) * (HairShell.Hangs(p) ? Noise.Step(0.1f, 0.4f, t) : Noise.Step(-0.7f, -0.25f, t)));
    }

    private static float Occlusion(HeadTraits p, float x, float side, float t, float theta)
    {
        var dark = 1f;
        dark *= 1 - (0.24f * Noise.Bump(side - (p.EyeX - 0.1f), t - 0.06f, 0.1f, 0.07f));
        dark *= 1 - (0.22f * Noise.Bump(side - p.EyeX, t - 0.1f, 0.16f, 0.045f));
        dark *= 1 - ((0.12f + (0.16f * p.Age)) * Noise.Bump(side - p.EyeX + 0.03f, t + 0.12f, 0.12f, 0.035f));
        dark *= 1 - (0.5f * Noise.Bump(x, t + p.NoseLength + 0.1f, p.NoseWidth * 0.95f, 0.035f));
        dark *= 1 - (0.85f * Noise.Bump(side - (p.NoseWidth * 0.45f), t + p.NoseLength + 0.06f, 0.03f, 0.017f));
        dark *= 1 - (0.42f * Noise.Bump(side - (p.NoseWidth * 1.22f), t + p.NoseLength + 0.015f, 0.022f, 0.055f));
        dark *= 1 - (0.3f * Noise.Bump(x, t - p.MouthY + p.LowerLip + 0.035f, 0.13f, 0.028f));
        dark *= 1 - (0.12f * Noise.Bump(x, t - p.MouthY - 0.12f, 0.016f, 0.05f));
        dark *= 1 - (0.3f * Noise.Bump(side - p.MouthWidth - 0.015f, t - p.MouthY, 0.025f, 0.025f));
        var chinEdge = -1.0f;
        dark *= 1 - (0.55f * Noise.Step(chinEdge, chinEdge - 0.07f, t) * Noise.Step(-2.1f, -1.15f, t));
        dark *= 1 - (0.25f * Noise.Step(1.25f, 1.6f, MathF.Abs(theta)));
        return dark;
    }

    private static float Wrinkles(HeadTraits p, float x, float side, float t)
    {
        var dark = 1f;
        // The fold from the nose's wing past the mouth's corner.
        var s = Math.Clamp((-p.NoseLength + 0.02f - t) / 0.28f, 0, 1);
        var foldX = float.Lerp(p.NoseWidth * 1.35f, p.MouthWidth * 1.26f, s);
        var inFold = Noise.Step(-p.NoseLength + 0.06f, -p.NoseLength - 0.04f, t) * Noise.Step(p.MouthY - 0.12f, p.MouthY + 0.02f, t);
        dark *= 1 - ((0.10f + (0.25f * p.Age * p.Age)) * inFold * MathF.Exp(-MathF.Pow((side - foldX) / 0.03f, 2)));
        var old = Noise.Step(0.45f, 1f, p.Age);
        if (old <= 0) return dark;
        for (var k = 0; k < 3; k++)
        {
            var line = 0.36f + (0.075f * k) + (0.012f * MathF.Sin((x * 9) + k)) - (0.15f * x * x);
            dark *= 1 - (0.28f * old * MathF.Exp(-MathF.Pow((t - line) / 0.011f, 2)) * Noise.Step(0.46f, 0.25f, side));
        }

        for (var k = 0; k < 3; k++)
        {
            var line = 0.01f + ((k - 1) * 0.55f * (side - p.EyeX - p.EyeWidth + 0.02f)) - 0.02f;
            var reach = Noise.Step(p.EyeX + p.EyeWidth + 0.01f, p.EyeX + p.EyeWidth + 0.04f, side) * Noise.Step(
                p.EyeX + p.EyeWidth + 0.15f, p.EyeX + p.EyeWidth + 0.08f, side);
            dark *= 1 - (0.26f * old * reach * MathF.Exp(-MathF.Pow((t - line) / 0.009f, 2)));
        }

        var bag = -0.135f - (0.05f * MathF.Cos((side - p.EyeX) * 9));
        return dark * (1 - (0.3f * old * Noise.Step(0.15f, 0.1f, MathF.Abs(side - p.EyeX)) * MathF.Exp(-MathF.Pow((t - bag) / 0.016f, 2))));
    }

    /// <summary>How densely a beard and a moustache would grow at a place, 0 … 1.</summary>
    public static (float Beard, float Moustache) Growth(HeadTraits p, float x, float t, float theta)
    {
        if (p.Female) return (0, 0);
        var side = MathF.Abs(x);
        // The beard's upper edge runs from the sideburn to the mouth's corner.
        var edge = float.Lerp(p.MouthY + 0.02f, -0.1f, MathF.Pow(Math.Clamp((side - p.MouthWidth) / (0.66f - p.MouthWidth), 0, 1), 1.5f));
        var rough = 0.05f * Noise.Plane(p.Seed + 5, theta * 26, t * 14);
        var beard = Noise.Step(edge + 0.05f, edge - 0.06f, t + rough) * Noise.Step(-1.2f, -1.03f, t) * Noise.Step(
            1.62f, 1.5f, MathF.Abs(theta));
        var moustache = Noise.Step(p.MouthWidth * 1.2f, p.MouthWidth * 0.95f, side + rough) * Noise
            .Step(-p.NoseLength - 0.075f, -p.NoseLength - 0.12f, t + (0.4f * rough) + (0.9f * x * x)) * Noise
            .Step(p.MouthY - 0.05f, p.MouthY, t);
        var soul = Noise.Bump(x, t - p.MouthY + p.LowerLip + 0.05f, 0.05f, 0.05f);
        var bare = Noise.Step(0.06f, -0.02f, t - p.MouthY) * Noise.Bump(x, t - p.MouthY + 0.09f, p.MouthWidth * 0.8f, 0.06f);
        return (MathF.Max(beard * (1 - (0.7f * bare)), soul * p.Beard), moustache);
    }

    private static Vector3 FacialHair(HeadTraits p, Vector3 colour, float x, float t, float theta, float hairs)
    {
        if (p.Female) return colour;
        var (grow, moustache) = Growth(p, x, t, theta);
        var strand = 0.78f + (0.3f * Noise.Plane(p.Seed + 6, theta * 70, t * 22)) + (0.12f * Noise.Plane(p.Seed + 7, theta * 130, t * 60));
        colour = Vector3.Lerp(colour, Vector3.Lerp(colour, p.BrowColour * 1.1f, 0.5f), MathF.Max(grow, moustache) * p.Stubble * 0.7f);
        return Vector3.Lerp(colour, p.BrowColour * 1.15f * strand, MathF.Max(grow * p.Beard, moustache * p.Moustache) * (0.93f * hairs));
    }

    private static Vector3 Mouth(HeadTraits p, Vector3 colour, float x, float t)
    {
        var d = t - p.MouthY;
        var height = d >= 0 ? Lips.Upper(p, x) : Lips.Lower(p, x);
        var inside = Noise.Step(height + 0.010f, height - 0.008f, MathF.Abs(d)) * Noise.Step(
            p.MouthWidth * 1.02f, p.MouthWidth * 0.93f, MathF.Abs(x));
        var lip = p.LipColour * (d >= 0 ? 0.82f : 1.05f) * (1 + (0.08f * Noise.Plane(p.Seed + 9, x * 70, t * 8)));
        lip *= 1 + (0.22f * Noise.Bump(x, d + (p.LowerLip * 0.5f), p.MouthWidth * 0.4f, p.LowerLip * 0.22f));
        colour = Vector3.Lerp(colour, lip, inside);
        var line = MathF.Exp(-MathF.Pow(d / 0.009f, 2)) * Noise.Step(p.MouthWidth * 1.06f, p.MouthWidth * 0.9f, MathF.Abs(x));
        return colour * (1 - (0.72f * line));
    }

    private static Vector3 Eyes(HeadTraits p, Vector3 colour, float side, float t, float hairs)
    {
        var s = (side - p.EyeX) / p.EyeWidth;
        var across = Noise.Step(1.14f, 0.96f, MathF.Abs(s));
        if (p.Makeup) colour = Vector3.Lerp(colour, colour * new Vector3(0.55f, 0.45f, 0.5f),
            across * Noise.Step(0.13f, 0.03f, t) * Noise.Step(-0.02f, 0f, t));
        var crease = MathF.Exp(-MathF.Pow((t - (0.43f * p.EyeWidth * p.EyeOpen) - 0.042f + (0.05f * s * s)) / 0.011f, 2));
        colour *= 1 - (0.36f * crease * across);
        var lash = t >= 0 ? Noise.Step(p.Female ? 0.034f : 0.022f, 0.006f, t) : 0.45f * Noise.Step(-0.014f, -0.001f, t);
        return Vector3.Lerp(colour, p.BrowColour * 0.35f, lash * across * ((p.Makeup ? 0.96f : p.Female ? 0.85f : 0.65f) * hairs));
    }

    private static Vector3 Brow(HeadTraits p, Vector3 colour, float side, float t, float hairs)
    {
        var half = Brows.Half(p, side);
        if (half <= 0) return colour;
        var d = t - Brows.Centre(p, side);
        var rough = 0.3f * Noise.Plane(p.Seed + 12, (side * 55) + (d * 30), d * 25);
        var cover = Noise.Step(half * 1.35f, half * 0.55f, MathF.Abs(d) + (rough * half));
        var inner = float.Lerp(Noise.Step(Brows.Inner, Brows.Inner + 0.09f, side), 1, hairs);
        return Vector3.Lerp(colour, p.BrowColour * (1 + rough), cover * (0.9f * hairs * inner));
    }
}
