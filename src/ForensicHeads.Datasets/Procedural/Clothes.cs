using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Shoulders and what is worn on them.</summary>
internal static class Clothes
{
    /// <summary>The trunk from the neck's foot down and out of the picture; texture height 0 is the collar.</summary>
    public static Mesh Trunk(HeadTraits p)
    {
        var shoulder = p.Female ? 1.12f : 1.32f;
        return Mesh.Grid(14, 41, (r, c) =>
        {
            var s = r / 13f;
            var theta = ((c / 40f) - 0.5f) * MathF.PI * 1.1f;
            var slope = Noise.Step(0, 0.62f, s);
            var neck = p.Female ? 0.42f : 0.48f;
            var x = float.Lerp(neck, shoulder, MathF.Pow(slope, 0.8f)) * MathF.Sin(theta);
            var y = -1.22f - (0.34f * MathF.Pow(s, 0.8f)) - (MathF.Max(0, s - 0.55f) * 2.2f) - (0.12f * MathF.Cos(theta) * (1 - s))
                + (0.03f * MathF.Abs(MathF.Sin(theta)) * (1 - s));
            var z = -0.12f + (float.Lerp(0.33f, 0.5f, slope) * MathF.Max(0, MathF.Cos(theta)));
            return (new Vector3(x, y, z), new Vector2(c / 40f, s));
        });
    }

    /// <summary>What stands round the neck, in the trunk's cloth: the rib of a jersey, a roll neck, or a shirt's two flaps. Null for
    /// none.</summary>
    public static Mesh? Collar(HeadTraits p, SeededRandom random)
    {
        var kind = random.NextInt(4);
        var neck = p.Female ? 0.37f : 0.43f;
        if (kind == 0) return null;
        if (kind == 1) return Mesh.Join(Flap(neck, -1), Flap(neck, 1));
        var height = kind == 2 ? 0.05f : 0.22f;
        // Round the neck, over a roll from the inside to the outside.
        return Mesh.Grid(7, 41, (r, c) =>
        {
            var theta = ((c / 40f) - 0.5f) * MathF.Tau;
            var roll = (r / 6f * MathF.PI * 1.15f) - 0.2f;
            var radius = neck + 0.035f - (0.035f * MathF.Cos(roll));
            var y = -1.3f - (0.14f * MathF.Cos(theta)) + (height * MathF.Sin(roll)) - (r < 4 ? 0 : 0.04f * (r - 3));
            return (new Vector3(radius * MathF.Sin(theta), y, -0.15f + (radius * MathF.Cos(theta))),
                new Vector2(c / 40f, 0.02f));
        });
    }

    // From behind the neck to a point in front, folded over its upper edge.
    private static Mesh Flap(float neck, int sign) => Mesh.Grid(4, 21, (r, c) =>
    {
        var s = c / 20f;
        var theta = sign * float.Lerp(2f, 0.1f, s);
        var drop = r / 3f;
        var fold = float.Lerp(0.13f, 0.17f + (0.2f * MathF.Pow(s, 6)), s) * drop;
        var radius = neck + 0.03f + (0.09f * drop) + (0.05f * drop * s);
        return (new Vector3(radius * MathF.Sin(theta + (sign * 0.35f * drop * s)), -1.14f - (0.2f * MathF.Cos(theta) * s) - fold,
            -0.1f + (radius * MathF.Cos(theta) * 0.95f)), new Vector2(0.5f + (sign * 0.3f), 0.02f + (0.02f * drop)));
    });

    public static Texture Cloth(SeededRandom random)
    {
        Vector3 Dye() =>
            Vector3.Clamp(HeadTraits.Rgb(20 + random.NextInt(215), 20 + random.NextInt(215), 20 + random.NextInt(215)) * 0.8f,
            new Vector3(0.012f), new Vector3(0.75f));
        var (first, second) = (Dye(), Dye());
        var pattern = random.NextInt(5);
        var (across, down) = ((float)random.Uniform(8, 22), (float)random.Uniform(5, 12));
        var collar = random.Chance(0.4) ? 0.13f : 0.045f;
        var collarColour = random.Chance(0.5) ? second : first * 0.7f;
        var lapel = random.Chance(0.35);
        var seed = (uint)random.NextBits();
        return new Texture(192, 96, (u, v) =>
        {
            var colour = pattern switch
            {
                1 => Vector3.Lerp(first, second, Noise.Step(0.4f, 0.6f, 0.5f + (0.5f * MathF.Sin(v * down * 6.28f)))),
                2 => Vector3.Lerp(first, second,
                    0.5f * (Noise.Step(0.4f, 0.6f, 0.5f + (0.5f * MathF.Sin(v * down * 6.28f)))
                    + Noise.Step(0.4f, 0.6f, 0.5f + (0.5f * MathF.Sin(u * across * 6.28f))))),
                _ => first,
            };
            var middle = MathF.Abs(u - 0.5f);
            if (lapel) colour = Vector3.Lerp(colour, second, Noise.Step(0.008f, -0.008f, middle - 0.085f + (v * 0.1f)));
            if (v < collar) colour = collarColour * (0.8f + (0.2f * v / collar));
            var folds = 1 + (0.14f * Noise.Plane(seed, u * 9, v * 3)) + (0.05f * Noise.Plane(seed + 1, u * 90, v * 60));
            var shadow = 0.62f + (0.38f * Noise.Step(0, 0.35f, v + (middle * 0.8f)));
            return Noise.Opaque(colour * folds * shadow);
        });
    }
}
