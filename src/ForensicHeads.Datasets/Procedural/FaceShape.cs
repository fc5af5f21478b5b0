using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>The resting surface of a head, neck included, over (angle, height): x right, y up, z towards the viewer.</summary>
/// <remarks>
/// Height runs from the crown (1) over the eyes (0) and the chin (−1) down the neck (−2). Features are placed by the flat rest coordinates
/// (<c>HalfWidth(t) · sin θ</c>, <c>t</c>), which textures and movements share. Eyes and mouth are closed at rest.
/// </remarks>
internal sealed class FaceShape(HeadTraits traits)
{
    /// <summary>Height of the eyes' line.</summary>
    public const float EyeY = 0f;

    private const float TempleY = 0.35f;

    public HeadTraits Traits { get; } = traits;

    /// <summary>Half the width of the section at height <paramref name="t"/>.</summary>
    public float HalfWidth(float t)
    {
        if (t > TempleY) return Traits.Width * Dome(t);
        var w = Traits.Width;
        var neck = Traits.Female ? 0.35f : 0.41f;
        return Knots(t,
            [(-2.2f, neck + 0.05f), (-1.5f, neck), (-1.2f, neck), (-1.1f, neck), (-1.04f, float.Lerp(neck, Traits.Jaw, 0.5f)),
            (-1f, Traits.Jaw), (-0.8f, (Traits.Jaw * 0.75f) + (w * 0.24f)), (-0.5f, (Traits.Jaw * 0.3f) + (w * 0.69f)), (-0.2f, w * 0.99f),
            (0.1f, w * 1.005f), (TempleY, w)]);
    }

    /// <summary>Flat horizontal coordinate of a feature to its angle.</summary>
    public float Angle(float x, float t) => MathF.Asin(Math.Clamp(x / HalfWidth(t), -1, 1));

    /// <summary>The surface point at angle <paramref name="theta"/> and height <paramref name="t"/>.</summary>
    public Vector3 At(float theta, float t)
    {
        var sin = MathF.Sin(theta);
        var cos = MathF.Cos(theta);
        var x = HalfWidth(t) * sin;
        var front = Traits.Width / 0.71f
            * (t > TempleY ? 0.77f * Dome(t)
            : Knots(t,
            [(-2.2f, 0.26f), (-1.3f, 0.24f), (-1.15f, 0.33f), (-1.08f, 0.52f), (-1.03f, 0.63f), (-1f, 0.66f), (-0.8f, 0.675f),
            (-0.5f, 0.70f), (0f, 0.735f), (TempleY, 0.77f)]));
        var back = t > TempleY ? 0.95f * Dome(t)
            : Knots(t, [(-2.2f, 0.62f), (-1.2f, 0.58f), (-0.6f, 0.62f), (-0.3f, 0.76f), (0f, 0.88f), (TempleY, 0.95f)]);
        var z = cos > 0 ? front * MathF.Pow(cos, 0.82f) : back * cos;
        var lift = Knots(t, [(-2.2f, 0f), (-1.3f, 0f), (-1.12f, 0.3f), (-1f, 0.47f), (-0.8f, 0.26f), (-0.6f, 0.1f), (-0.4f, 0f), (1f, 0f)]);
        // A pointed chin lifts the jaw soon after the middle, a square one late.
        var turn = cos > 0 ? MathF.Pow(1 - cos, 1 - (0.35f * Traits.ChinPoint)) : 1 - (0.4f * cos);
        var y = t + (lift * Math.Min(turn, 1.25f));
        if (cos > 0) z += Relief(x, t) * Math.Min(1, cos * 3);
        return new Vector3(x, y, z);
    }

    private float Relief(float x, float t)
    {
        var p = Traits;
        var side = MathF.Abs(x);
        var z = 0f;
        var tip = -p.NoseLength;
        var along = Math.Clamp((0.1f - t) / (0.1f - tip), 0, 1);
        var bridgeOn = Noise.Step(0.2f, 0.02f, t);
        var under = Noise.Step(tip - 0.085f, tip - 0.005f, t);
        var ridge = (p.NoseBridge + ((p.NoseHeight - p.NoseBridge) * along * along)) * bridgeOn * under;
        var ridgeWidth = float.Lerp(0.062f, p.NoseWidth * 0.72f, along);
        z += ridge * MathF.Exp(-MathF.Pow(side / ridgeWidth, 2.2f) * 0.8f);
        z += 0.035f * Noise.Bump(x, t - tip, 0.07f, 0.06f);
        z += 0.105f * Noise.Bump(side - (p.NoseWidth * 0.84f), t - (tip - 0.005f), 0.048f, 0.05f) * under;
        z -= 0.075f * Noise.Bump(side - p.EyeX, t - 0.03f, 0.17f, 0.115f);
        z -= 0.035f * Noise.Bump(side - 0.13f, t - 0.03f, 0.07f, 0.09f);
        z += (p.Female ? 0.022f : 0.042f) * Noise.Bump(side - 0.26f, t - p.BrowY, 0.2f, 0.07f);
        z += p.Cheek * Noise.Bump(side - 0.43f, t + 0.2f, 0.16f, 0.13f);
        z -= (0.03f + (0.03f * p.Age)) * Noise.Bump(side - 0.47f, t + 0.52f, 0.16f, 0.17f);
        z += 0.05f * Noise.Bump(x, t - p.MouthY, 0.3f, 0.2f);
        var lip = MathF.Max(0, 1 - (x * x / (p.MouthWidth * p.MouthWidth)));
        z += 0.05f * lip * Noise.Bump(0, t - p.MouthY - (p.UpperLip * 0.5f), 1, p.UpperLip * 0.85f);
        z += 0.055f * lip * Noise.Bump(0, t - p.MouthY + (p.LowerLip * 0.5f), 1, p.LowerLip * 0.75f);
        z -= 0.04f * Noise.Bump(side - p.MouthWidth - 0.01f, t - p.MouthY, 0.045f, 0.045f);
        z -= 0.012f * Noise.Bump(x, t - p.MouthY - 0.11f, 0.025f, 0.06f);
        z -= 0.035f * Noise.Bump(x, t - p.MouthY + p.LowerLip + 0.045f, 0.18f, 0.04f);
        z += p.ChinBoss * Noise.Bump(x, t + 0.9f, 0.16f, 0.1f);
        return z;
    }

    // A rounded box rather than a sphere: skulls are flat on top and at the temples.
    private static float Dome(float t) => MathF.Pow(MathF.Max(0, 1 - MathF.Pow((t - TempleY) / (1 - TempleY), 2.35f)), 0.46f);

    private static float Knots(float t, ReadOnlySpan<(float At, float Value)> knots)
    {
        if (t <= knots[0].At) return knots[0].Value;
        for (var i = 1; i < knots.Length; i++)
        {
            if (t > knots[i].At) continue;
            var width = knots[i].At - knots[i - 1].At;
            var f = (t - knots[i - 1].At) / width;
            var (from, to) = (Slope(knots, i - 1) * width, Slope(knots, i) * width);
            var (a, b) = (knots[i - 1].Value, knots[i].Value);
            return a + (f * (from + (f * ((3 * (b - a)) - (2 * from) - to + (f * ((2 * (a - b)) + from + to))))));
        }

        return knots[^1].Value;
    }

    // Hermite slopes from the neighbours, flat at extremes, so that sections have neither steps nor overshoot.
    private static float Slope(ReadOnlySpan<(float At, float Value)> knots, int i)
    {
        if (i == 0 || i == knots.Length - 1) return 0;
        var before = (knots[i].Value - knots[i - 1].Value) / (knots[i].At - knots[i - 1].At);
        var after = (knots[i + 1].Value - knots[i].Value) / (knots[i + 1].At - knots[i].At);
        return before * after <= 0 ? 0 : 2 * before * after / (before + after);
    }
}
