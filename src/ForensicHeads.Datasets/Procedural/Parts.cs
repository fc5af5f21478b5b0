using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>The smaller meshes of a head, in head units; eyes and mouth parts about their own origins.</summary>
internal static class Parts
{
    /// <summary>The front of an eyeball of the given radius about the origin.</summary>
    public static Mesh Eyeball(float radius) => Mesh.Grid(13, 15, (r, c) =>
    {
        var pitch = (0.5f - (r / 12f)) * 2.5f;
        var yaw = ((c / 14f) - 0.5f) * 2.7f;
        var n = new Vector3(MathF.Sin(yaw) * MathF.Cos(pitch), MathF.Sin(pitch), MathF.Cos(yaw) * MathF.Cos(pitch));
        return (n * radius, new Vector2(0.5f + (0.5f * n.X), 0.5f - (0.5f * n.Y)));
    });

    /// <summary>Sclera, iris and pupil, seen from the front.</summary>
    public static Texture Eye(HeadTraits p) => new(96, 96, (u, v) =>
    {
        var x = (2 * u) - 1;
        var y = (2 * v) - 1;
        var radius = MathF.Sqrt((x * x) + (y * y));
        var white = HeadTraits.Rgb(214, 207, 203) * (1 - (0.35f * Noise.Step(0.5f, 1f, radius)));
        var rays = 0.3f * Noise.Plane(p.Seed + 40, MathF.Atan2(y, x) * 9, radius * 6);
        var iris = p.Iris * (1.1f + rays + (0.5f * Noise.Step(0.35f, 0.2f, radius)));
        iris *= 1 - (0.75f * Noise.Step(0.31f, 0.385f, radius));
        var colour = Vector3.Lerp(iris, white, Noise.Step(0.36f, 0.41f, radius));
        return Noise.Opaque(Vector3.Lerp(new Vector3(0.006f), colour, Noise.Step(0.135f, 0.175f, radius)));
    });

    /// <summary>A small disc facing the viewer.</summary>
    public static Mesh Disc(float radius) => Mesh.Grid(2, 9, (r, c) =>
    {
        var turn = -c / 8f * MathF.Tau;
        return (r * radius * new Vector3(MathF.Cos(turn), -MathF.Sin(turn), 0), new Vector2(0.5f, 0.5f));
    });

    /// <summary>The dark of the mouth with the tongue, behind the lips; moves half with the jaw.</summary>
    public static Mesh Cavity(HeadTraits p) => Mesh.Grid(9, 9, (r, c) =>
    {
        var x = ((c / 4f) - 1) * p.MouthWidth * 1.05f;
        var y = 0.06f - (r / 8f * 0.33f);
        return (new Vector3(x, y, -0.23f - (1.2f * x * x)), new Vector2(c / 8f, r / 8f));
    });

    public static Texture CavityColour() => new(32, 32, (u, v) =>
    {
        var tongue = Noise.Bump(u - 0.5f, v - 0.78f, 0.3f, 0.25f);
        return Noise.Opaque(Vector3.Lerp(new Vector3(0.02f, 0.006f, 0.006f), new Vector3(0.30f, 0.09f, 0.09f), tongue * 0.8f));
    });

    /// <summary>An arch of teeth whose biting edge lies at <paramref name="edge"/> and which is <paramref name="height"/> tall (downwards
    /// if negative).</summary>
    public static Mesh Teeth(HeadTraits p, float edge, float height) => Mesh.Grid(2, 15, (r, c) =>
    {
        var x = ((c / 7f) - 1) * p.MouthWidth * 0.88f;
        var top = MathF.Max(edge, edge + height);
        var y = top - (r * MathF.Abs(height));
        return (new Vector3(x, y, -0.1f - (1.7f * x * x)), new Vector2(c / 14f, height > 0 ? r : 1 - r));
    });

    public static Texture TeethColour() => new(128, 16, (u, v) =>
    {
        var tooth = (u - 0.5f) * 13.5f;
        var gap = MathF.Abs(tooth - MathF.Round(tooth - 0.5f) - 0.5f);
        var dark = 1 - (0.16f * Noise.Step(0.4f, 0.5f, gap));
        dark *= 1 - (0.75f * Noise.Step(0.2f, 0.48f, MathF.Abs(u - 0.5f)));
        return Noise.Opaque(HeadTraits.Rgb(232, 224, 208) * dark * (0.65f + (0.35f * v)));
    });

    /// <summary>Both ears.</summary>
    public static Mesh Ears(FaceShape shape) => Mesh.Join(Ear(shape, -1), Ear(shape, 1));

    public static Texture EarColour(HeadTraits p) => new(24, 24, (u, v) =>
    {
        var inner = Noise.Bump(u - 0.5f, v - 0.45f, 0.2f, 0.26f);
        return Noise.Opaque(p.Skin * new Vector3(1, 0.86f, 0.83f) * (0.85f - (0.45f * inner)));
    });

    /// <summary>Spectacle frames about the eyes' centres, with bars to the ears.</summary>
    public static Mesh Glasses(FaceShape shape, Vector3 eye, float radius)
    {
        var p = shape.Traits;
        var front = eye.Z + radius + 0.115f;
        var rx = (0.5f * eye.X) + 0.055f;
        var ry = rx * float.Lerp(0.66f, 0.92f, p.GlassesRound);
        var power = float.Lerp(4.5f, 2f, p.GlassesRound);
        var frame = 0.018f + (0.014f * Noise.Lattice(p.Seed, 3, 9));
        Mesh Rim(int sign) => Mesh.Grid(2, 37, (r, c) =>
        {
            var turn = c / 36f * MathF.Tau;
            var (sin, cos) = MathF.SinCos(turn);
            var reach = MathF.Pow(MathF.Pow(MathF.Abs(cos), power) + MathF.Pow(MathF.Abs(sin), power), -1 / power);
            var scale = r == 0 ? 1 : 1 - (frame * 1.25f / ry);
            var x = sign * (eye.X + 0.01f + (rx * reach * scale * cos));
            return (new Vector3(x, eye.Y - 0.015f + (ry * reach * scale * sin), front - (0.5f * x * x)), new Vector2(0.5f, 0.5f));
        });
        Mesh Bar(Vector3 from, Vector3 to) =>
            Mesh.Grid(2, 5, (r, c) =>
                (Vector3.Lerp(from, to, c / 4f) + new Vector3(0, r == 0 ? frame * 0.6f : -frame * 0.6f, 0), new Vector2(0.5f, 0.5f)));
        var outer = eye.X + 0.01f + (rx * 0.97f);
        Mesh Temple(int sign) =>
            Bar(new Vector3(sign * outer, 0.05f, front - (0.5f * outer * outer)), new Vector3(sign * (p.Width + 0.035f), 0.04f, -0.05f));
        var inner = eye.X + 0.01f - (rx * 0.96f);
        return Mesh.Join(Rim(-1), Rim(1), Bar(new Vector3(-inner, 0.03f, front), new Vector3(inner, 0.03f, front)), Temple(-1), Temple(1));
    }

    private static Mesh Ear(FaceShape shape, int sign)
    {
        var size = shape.Traits.EarSize;
        var centre = new Vector3(sign * (shape.HalfWidth(-0.12f) + 0.02f), -0.13f, -0.08f);
        return Mesh.Grid(11, 13, (r, c) =>
        {
            var polar = r / 10f * MathF.PI;
            var turn = c / 12f * MathF.Tau;
            var n = new Vector3(-MathF.Sin(polar) * MathF.Cos(turn), MathF.Cos(polar), MathF.Sin(polar) * MathF.Sin(turn));
            var tapered = 1 - (0.22f * (1 - n.Y));
            var at = centre + new Vector3(n.X * 0.075f * size * tapered, n.Y * 0.21f * size, n.Z * 0.11f * size * tapered);
            at.X += sign * 0.045f * (1 + n.Y) * size;
            return (at, new Vector2(0.5f + (0.5f * n.Z * sign), 0.5f - (0.5f * n.Y)));
        });
    }
}
