using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Hair as a shell over the skull with a cut-out hairline; long styles hang down as curtains.</summary>
internal static class HairShell
{
    private const float Top = 1.0f;
    /// <summary>How far light creeps into hair.</summary>
    public static readonly Vector3 Under = new(0.3f);

    private const int Across = 768;
    private const int Down = 256;

    /// <summary>The shell and its texture, or null for a bald head.</summary>
    public static (Mesh Mesh, Texture Texture)? Create(FaceShape shape)
    {
        var p = shape.Traits;
        if (p.Style == HairStyle.Bald) return null;
        var bottom = Bottom(p);
        return (Shell(shape), new Texture(384, 256, (u, v) => Colour(shape, ((2 * u) - 1) * MathF.PI, HeightAt(v, bottom), v)));
    }

    private static Mesh Shell(FaceShape shape)
    {
        var p = shape.Traits;
        var bottom = Bottom(p);
        var mesh = Mesh.Grid(46, 73, (r, c) =>
        {
            var v = r / 45f;
            var t = HeightAt(v, bottom);
            var theta = ((c / 36f) - 1) * MathF.PI;
            return (Place(shape, theta, t), new Vector2(c / 72f, v));
        });
        return p.Style == HairStyle.Bun ? Mesh.Join(mesh, Ball(new Vector3(0, 1.06f, -0.22f), 0.3f * MathF.Sqrt(p.HairVolume))) : mesh;
    }

    /// <summary>The shell as layers of strands, the innermost first: each one's mesh, where it is cut and how light reaches it; their
    /// common colour and relief. Null for a bald head.</summary>
    public static (IReadOnlyList<(Mesh Mesh, float Cut, float Dim)> Layers, Surface Surface)? Strands(FaceShape shape)
    {
        var p = shape.Traits;
        if (p.Style == HairStyle.Bald) return null;
        var shell = Shell(shape);
        var bottom = Bottom(p);
        var relief = new Texture(Across, Down, (u, v) => Streaks(p, ((2 * u) - 1) * MathF.PI, HeightAt(v, bottom)));
        var colour = new Texture(Across, Down, (u, v) =>
        {
            var (theta, t) = (((2 * u) - 1) * MathF.PI, HeightAt(v, bottom));
            var streak = relief.Sample(u, v).W;
            var flat = Colour(shape, theta, t, v);
            var above = t - Hairline(p, theta) + (0.09f * (streak - 0.55f));
            var end = v > 0.86f && Hangs(p) ? Noise.Step(0, 0.05f, 1 - v - (0.05f * (1 - streak))) : 1;
            var inside = Noise.Step(-0.035f, p.Style is HairStyle.Buzz or HairStyle.Receding ? 0.09f : 0.05f, above) * end;
            return new Vector4(flat.AsVector3() * (0.62f + (0.6f * streak)), inside * (0.3f + (0.7f * streak)));
        });
        var cover = colour.Half().Half().Half();
        var rise = p.Style is HairStyle.Buzz or HairStyle.Receding ? 0.005f : p.Style == HairStyle.Curly ? 0.02f : 0.01f;
        (Mesh, float, float) Layer(int number, float cut, float dim)
        {
            var normals = new Vector3[shell.Positions.Length];
            shell.Normals(shell.Positions, normals);
            var grown = shell with { Positions = [.. shell.Positions.Select((at, i) => at + (normals[i] * (rise * number)))] };
            return (grown.Where(uv => cover.Sample(uv.X, uv.Y).W > 0.02f), cut, dim);
        }

        return ([Layer(0, 0.1f, 0.7f), Layer(1, 0.5f, 0.95f), Layer(2, 0.68f, 1.12f)], new Surface(colour, relief));
    }

    // Slopes, gloss, and how far each strand stands out, 0 … 1.
    private static Vector4 Streaks(HeadTraits p, float theta, float t)
    {
        var curly = p.Style == HairStyle.Curly;
        var along = curly ? 4 : 1;
        var wander = theta + (0.05f * Noise.Plane(p.Seed + 34, theta * 4, t * 3));
        if (curly) wander += 0.12f * Noise.Plane(p.Seed + 35, theta * 9, t * 14);
        var wide = Noise.Plane(p.Seed + 36, wander * 34, t * 2.5f * along);
        var fine = Noise.Plane(p.Seed + 37, wander * 85, t * 4 * along);
        var single = Noise.Plane(p.Seed + 38, wander * 150, t * 6 * along);
        var lift = (0.3f * wide) + (0.35f * fine) + (0.35f * single);
        var across = (0.35f * Noise.Plane(p.Seed + 39, wander * 34, t * 2 * along))
            + (0.45f * Noise.Plane(p.Seed + 40, wander * 90, t * 4 * along));
        var gloss = (0.035f + (0.25f * p.Hair.Y)) * (1 + (0.7f * fine)) * (p.Style == HairStyle.Buzz ? 0.4f : 1);
        return new Vector4(across, 0.22f * fine, gloss, Math.Clamp(0.5f + (0.75f * lift), 0, 1));
    }

    private static float HeightAt(float v, float bottom) =>
        v < 0.5f ? 1 - ((Top - 0.35f) * 4 * v * v) : float.Lerp(0.35f, bottom, (v - 0.5f) * 2);

    private static float Bottom(HeadTraits p) => p.Style switch
    {
        HairStyle.Long => -1.75f,
        HairStyle.Bob => -1.0f,
        HairStyle.Curly when p.Female => -1.0f,
        _ => -0.75f,
    };

    internal static bool Hangs(HeadTraits p) => p.Style is HairStyle.Long or HairStyle.Bob || (p.Style == HairStyle.Curly && p.Female);

    // Hair grows above this height.
    internal static float Hairline(HeadTraits p, float theta)
    {
        var side = MathF.Abs(theta);
        var line = p.HairlineY - (0.045f * MathF.Cos(side * 4.5f));
        line = p.Style switch
        {
            HairStyle.Receding => 1.2f,
            HairStyle.Fringe => 0.33f + (0.02f * MathF.Cos(side * 4)),
            HairStyle.Parted => line + 0.03f - (0.13f * Noise.Step(0.1f, 0.8f, -theta * MathF.Sign(p.HairPart))),
            HairStyle.Long or HairStyle.Bob => line + 0.16f - (0.42f * Noise.Step(0.1f, 0.95f, MathF.Abs(theta - (p.HairPart * 0.35f)))),
            _ => line,
        };
        var sideburn = Hangs(p) ? -3f : p.Female ? -0.02f : -0.2f;
        var from = Hangs(p) ? 0.84f : 1.0f;
        line = float.Lerp(line, sideburn, Noise.Step(from, from + 0.28f, side));
        if (Hangs(p)) return line;
        var ear = Noise.Step(1.42f, 1.55f, side) * Noise.Step(2.0f, 1.85f, side);
        line = float.Lerp(line, 0.12f, ear);
        return float.Lerp(line, -0.62f, Noise.Step(1.85f, 2.1f, side));
    }

    private static float Thickness(HeadTraits p, float theta, float t)
    {
        var above = t - Hairline(p, theta);
        var rise = Noise.Step(-0.02f, 0.22f, above);
        var volume = p.Style switch
        {
            HairStyle.Buzz => 0.03f,
            HairStyle.Receding => 0.035f,
            HairStyle.Short => 0.09f,
            HairStyle.Bun => 0.05f,
            HairStyle.Quiff => 0.10f + (0.15f * Noise.Step(1.2f, 0.2f, MathF.Abs(theta)) * Noise.Step(0.5f, 0.75f, t)),
            HairStyle.Parted => 0.12f - (0.07f * MathF.Exp(-MathF.Pow((theta - p.HairPart) / 0.12f, 2)) * Noise.Step(0.5f, 0.8f, t)),
            HairStyle.Curly => 0.21f,
            _ => 0.13f,
        };
        volume *= p.HairVolume;
        // Cropped sides: the volume of short cuts is on top.
        if (!p.Female && p.Style is HairStyle.Short or HairStyle.Quiff or HairStyle.Parted or HairStyle.Fringe) volume =
            float.Lerp(MathF.Min(volume, 0.035f), volume, Noise.Step(0.2f, 0.72f, t));
        var lumps = p.Style == HairStyle.Curly ? 0.3f * Noise.Plane(p.Seed + 20, theta * 5.5f, t * 7)
            : 0.1f * Noise.Plane(p.Seed + 20, theta * 6, t * 2);
        return 0.018f + (volume * rise * (1 + lumps));
    }

    private static Vector3 Place(FaceShape shape, float theta, float t)
    {
        var p = shape.Traits;
        var thickness = Thickness(p, theta, t);
        var hang = Hangs(p) ? Noise.Step(0.2f, -0.25f, t) * Noise.Step(0.7f, 1.1f, MathF.Abs(theta)) : 0;
        var point = shape.At(theta, t);
        if (hang > 0)
        {
            var wave = 0.03f * Noise.Plane(p.Seed + 22, theta * 3, t * 4);
            var spread = 1 + (0.06f * Noise.Step(0, -1.5f, t)) + wave;
            var fallen =
                new Vector3(shape.HalfWidth(0) * MathF.Sin(theta) * spread, t, (MathF.Cos(theta) > 0 ? 0.55f : 0.86f) * MathF.Cos(theta));
            point = Vector3.Lerp(point, fallen, hang);
        }

        var dome = Noise.Step(0.3f, 1f, t);
        var outward = Vector3.Normalize(new Vector3(MathF.Sin(theta) * (1 - (0.8f * dome)), 0.15f + (1.2f * dome),
            MathF.Cos(theta) * (1 - (0.6f * dome))));
        return point + (outward * thickness);
    }

    private static Vector4 Colour(FaceShape shape, float theta, float t, float v)
    {
        var p = shape.Traits;
        var curly = p.Style == HairStyle.Curly;
        var strands = curly
            ? (0.32f * Noise.Plane(p.Seed + 30, theta * 14, t * 16)) + (0.2f * Noise.Plane(p.Seed + 31, theta * 34, t * 36))
            : (0.22f * Noise.Plane(p.Seed + 30, (theta * 30) + (t * 2), t * 2.2f))
            + (0.2f * Noise.Plane(p.Seed + 31, (theta * 64) + (t * 3), t * 4));
        var tips = p.Style == HairStyle.Buzz ? 0.012f : curly ? 0.05f : p.Style == HairStyle.Fringe || Hangs(p) ? 0.035f : 0.02f;
        var jagged = tips * Noise.Plane(p.Seed + 32, theta * (curly ? 14 : 44), t * 2);
        var above = t - Hairline(p, theta) + jagged;
        var end = v > 0.9f && Hangs(p) ? (1 - v) - (0.025f * (1 + Noise.Plane(p.Seed + 33, theta * 22, 0))) : 1;
        var root = 0.62f + (0.38f * Noise.Step(0, 0.16f, above));
        var shine = 1 + (0.3f * Noise.Bump(0, t - 0.72f - (0.05f * strands), 1, 0.13f));
        var parting = p.Style == HairStyle.Parted
            ? 1 - (0.55f * MathF.Exp(-MathF.Pow((theta - p.HairPart) / 0.03f, 2)) * Noise.Step(0.45f, 0.65f, t)) : 1;
        var low = 1 - (0.35f * Noise.Step(0.1f, -0.9f, t));
        return new Vector4(p.Hair * (1 + strands) * root * shine * parting * low, above > 0 && end > 0 ? 1 : 0);
    }

    private static Mesh Ball(Vector3 centre, float radius) => Mesh.Grid(13, 21, (r, c) =>
    {
        var polar = r / 12f * MathF.PI;
        var turn = c / 20f * MathF.Tau;
        var n = new Vector3(-MathF.Sin(polar) * MathF.Cos(turn), MathF.Cos(polar), MathF.Sin(polar) * MathF.Sin(turn));
        return (centre + (n * radius), new Vector2(0.15f + (0.7f * c / 20f), 0.08f + (0.2f * r / 12f)));
    });
}

internal enum HairStyle
{
    Bald,
    Receding,
    Buzz,
    Short,
    Quiff,
    Parted,
    Curly,
    Fringe,
    Bob,
    Long,
    Bun,
}
