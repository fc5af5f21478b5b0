using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>What the second renderer adds to a person: the same head, seen from nearer.</summary>
internal sealed class FineHead
{
    /// <summary>How far light creeps below skin, hair and ears, per colour.</summary>
    public static readonly Vector3 UnderSkin = new(0.42f, 0.17f, 0.11f);

    public FineHead(FaceShape shape, HeadMesh head, Mesh? glasses)
    {
        var p = shape.Traits;
        Skin = FineSkin.Paint(shape);
        Hair = HairShell.Strands(shape);
        Ear = Ears(p);
        Eye = new Surface(Eyeball(p));
        Teeth = new Surface(ToothRow(p), new Texture(1, 1, (_, _) => new Vector4(0, 0, 0.12f, 0)));
        UpperTeeth = Arch(p, -0.046f, 0.1f, 0.76f);
        LowerTeeth = Arch(p, 0.03f, -0.06f, 0.6f);
        Tongue = TongueMesh(p);
        Cavity = Parts.Cavity(p);
        foreach (ref var at in Cavity.Positions.AsSpan())
        {
            at.X *= float.Lerp(0.7f, 1.5f, Noise.Step(-0.2f, 0, at.Y));
            var cheek = shape.At(shape.Angle(at.X, p.MouthY + at.Y), p.MouthY + at.Y) - shape.At(0, p.MouthY);
            at.Z = MathF.Min(at.Z, cheek.Z - 0.16f);
        }

        TongueSurface = new Surface(TongueColour(p), new Texture(48, 48, (u, v) =>
            new Vector4(0.3f * Noise.Plane(p.Seed + 81, u * 22, v * 22), 0.3f * Noise.Plane(p.Seed + 82, u * 22, v * 22), 0.09f, 0)));
        UnderSkinAt = [.. head.Mesh.Positions.Select(at =>
            UnderSkin + (new Vector3(0.3f, 0.08f, 0.04f) * Noise.Bump(at.X, at.Y + p.NoseLength, p.NoseWidth * 1.1f, 0.09f)
            * Noise.Step(0.6f, 0.8f, at.Z)))];
        Lenses = glasses is null ? null : Mesh.Join(Lens(glasses, 0), Lens(glasses, 1));
        Fringes = [.. Lids(p, head), .. LipInsides(p, head)];
    }

    public Surface Skin { get; }

    public (IReadOnlyList<(Mesh Mesh, float Cut, float Dim)> Layers, Surface Surface)? Hair { get; }

    public Surface Ear { get; }

    public Surface Eye { get; }

    public Surface Teeth { get; }

    public Mesh UpperTeeth { get; }

    public Mesh LowerTeeth { get; }

    public Mesh Tongue { get; }

    /// <summary>Wide enough that nobody looks past it from the side.</summary>
    public Mesh Cavity { get; }

    /// <summary>The glass within a frame of spectacles.</summary>
    public Mesh? Lenses { get; }

    public Surface TongueSurface { get; }

    /// <summary>How far light creeps below the skin at each vertex of the head: farther in the tip of the nose.</summary>
    public Vector3[] UnderSkinAt { get; }

    public IReadOnlyList<Fringe> Fringes { get; }

    private static IEnumerable<Fringe> Lids(HeadTraits p, HeadMesh head)
    {
        var rim = new Surface(Texture.Flat(Vector3.Lerp(p.Skin, HeadTraits.Rgb(170, 96, 86), 0.45f) * 0.75f));
        var (upper, lower) = (Lashes(p, 34, p.Female ? 1 : 0.85f), Lashes(p, 24, p.Female ? 0.5f : 0.35f));
        foreach (var sign in (int[])[-1, 1])
        {
            int[] Edge(int lip) => head.Edge(FaceShape.EyeY, lip, sign * p.EyeX, p.EyeWidth);
            var length = p.Female ? 0.062f : 0.046f;
            yield return new Fringe(Edge(-1), rim, _ => (new Vector3(0, 0.014f, -0.02f), new Vector3(0, 0, -0.02f)));
            yield return new Fringe(Edge(1), rim, _ => (new Vector3(0, -0.008f, -0.02f), new Vector3(0, 0, -0.02f)));
            yield return new Fringe(Edge(-1), lower, s => (new Vector3(s * 0.3f, -0.55f, 0.6f) * length * 0.6f,
                new Vector3(s * 0.3f, -0.7f, 0.5f) * length * 0.5f));
            yield return new Fringe(Edge(1), upper, s =>
                (new Vector3((s * 0.35f) + (sign * 0.2f), 0.5f, 0.8f) * length * (0.75f + (0.25f * s * sign)),
                new Vector3((s * 0.35f) + (sign * 0.2f), -0.75f, 0.6f) * length));
        }
    }

    private static IEnumerable<Fringe> LipInsides(HeadTraits p, HeadMesh head)
    {
        var surface = new Surface(new Texture(32, 8, (u, v) => Noise.Opaque(Vector3.Lerp(p.LipColour, HeadTraits.Rgb(120, 40, 40), 0.35f)
            * (0.8f - (0.65f * v)) * (1 - MathF.Pow(MathF.Abs((2 * u) - 1), 3)))));
        foreach (var lip in (int[])[1, -1])
            yield return new Fringe(head.Edge(p.MouthY, lip, 0, p.MouthWidth), surface, s =>
                (new Vector3(0, -lip * 0.022f * (1 - (s * s)), -0.075f), new Vector3(0, -lip * 0.022f * (1 - (s * s)), -0.075f)));
    }

    // The inner edge of a rim, which is the second of two rows, filled from its middle.
    private static Mesh Lens(Mesh glasses, int number)
    {
        const int Round = 37;
        var rim = glasses.Positions.AsSpan((((2 * number) + 1) * Round), Round).ToArray();
        var middle = rim.Aggregate(Vector3.Zero, (sum, at) => sum + at) / Round;
        return Mesh.Grid(2, Round, (r, c) =>
        {
            var from = rim[c] - middle;
            return (middle + (r * from), new Vector2(0.5f + (r * from.X * 1.4f), 0.5f - (r * from.Y * 1.4f)));
        });
    }

    // Strands that start together and part; height 0 is the root.
    private static Surface Lashes(HeadTraits p, int count, float strength)
    {
        var hairs = Enumerable.Range(0, count).Select(i => (At: (i + Noise.Lattice(p.Seed + 90, i, 1)) / count,
            Lean: 0.12f * (Noise.Lattice(p.Seed + 91, i, 1) - 0.5f), Length: 0.6f + (0.4f * Noise.Lattice(p.Seed + 92, i, 1)))).ToArray();
        var dark = Vector3.Lerp(p.BrowColour * 0.25f, new Vector3(0.006f), p.Makeup ? 0.9f : 0.4f);
        return new Surface(new Texture(192, 24, (u, v) =>
        {
            var cover = 0.55f * Noise.Step(0.3f, 0, v);
            foreach (var hair in hairs)
            {
                var off = MathF.Abs(u - hair.At - (hair.Lean * v)) * count * 2.2f;
                cover = MathF.Max(cover, Noise.Step(1, 0.2f, off) * Noise.Step(hair.Length, hair.Length * 0.4f, v));
            }

            var ends = Noise.Step(0, 0.1f, u) * Noise.Step(1, 0.9f, u);
            return new Vector4(dark, 0.125f * cover * ends * strength);
        }));
    }

    private static Surface Ears(HeadTraits p) => new(
        new Texture(48, 48, (u, v) =>
        {
            var (x, y) = ((u - 0.5f) * 2, (v - 0.47f) * 2);
            var radius = MathF.Sqrt((x * x) + (y * y));
            var groove = MathF.Exp(-MathF.Pow((radius - 0.66f) / 0.1f, 2)) * Noise.Step(0.55f, 0.2f, y);
            var hollow = Noise.Bump(x + 0.1f, y - 0.1f, 0.3f, 0.36f);
            var fold = MathF.Exp(-MathF.Pow((radius - 0.42f) / 0.09f, 2)) * Noise.Step(0.2f, -0.3f, y);
            return Noise.Opaque(p.Skin * new Vector3(1, 0.8f, 0.76f) * (0.95f - (0.4f * groove) - (0.6f * hollow) + (0.1f * fold)));
        }), new Texture(1, 1, (_, _) => new Vector4(0, 0, 0.04f, 0)));

    private static Texture Eyeball(HeadTraits p) => new(128, 128, (u, v) =>
    {
        var (x, y) = ((2 * u) - 1, (2 * v) - 1);
        var radius = MathF.Sqrt((x * x) + (y * y));
        var turn = MathF.Atan2(y, x);
        var veins = MathF.Pow(1 - MathF.Abs(Noise.Plane(p.Seed + 44, x * 7, y * 12)), 6) * Noise.Step(0.5f, 0.85f, radius);
        var white = HeadTraits.Rgb(205, 196, 190) * (1 - (0.45f * Noise.Step(0.45f, 0.95f, radius)));
        white *= Vector3.One - (new Vector3(0.04f, 0.22f, 0.2f) * ((0.4f * veins) + (0.7f * Noise.Step(0.6f, 0.95f, MathF.Abs(x)))));
        var fibres = (0.3f * Noise.Plane(p.Seed + 40, turn * 9, radius * 6)) + (0.25f * Noise.Plane(p.Seed + 41, turn * 20, radius * 5));
        var iris = p.Iris * (1.0f + fibres + (0.45f * Noise.Step(0.3f, 0.2f, radius)) + (0.5f * Noise.Bump(x, y - 0.2f, 0.25f, 0.12f)));
        iris *= 1 - (0.8f * Noise.Step(0.3f, 0.385f, radius));
        var colour = Vector3.Lerp(iris, white, Noise.Step(0.355f, 0.425f, radius));
        return Noise.Opaque(Vector3.Lerp(new Vector3(0.005f), colour, Noise.Step(0.135f, 0.175f, radius)));
    });

    // Half a dental arch to each side of the middle; texture height 0 is at the root.
    private static Mesh Arch(HeadTraits p, float edge, float height, float width) => Mesh.Grid(4, 25, (r, c) =>
    {
        var s = (c / 12f) - 1;
        var x = s * p.MouthWidth * width;
        var y = edge + (height * (1 - (r / 3f))) + (0.012f * s * s * MathF.Sign(height));
        var z = -0.085f - (height < 0 ? 0.03f : 0) - (2.8f * x * x) - (0.012f * (1 - (r / 3f)));
        return (new Vector3(x, y, z), new Vector2(c / 24f, r / 3f));
    });

    private static Texture ToothRow(HeadTraits p) => new(256, 48, (u, v) =>
    {
        // Ten teeth; the outer ones are seen from the side.
        var place = MathF.Asin(Math.Clamp((2 * u) - 1, -0.999f, 0.999f)) / (MathF.PI / 2) * 5.2f;
        var tooth = MathF.Floor(place);
        var across = MathF.Abs(place - tooth - 0.5f) * 2;
        var size = 1 - (0.05f * (tooth is 1 or -2 ? 1 : 0)) - (0.03f * Noise.Lattice(p.Seed + 83, (int)tooth, 2));
        var edge = size - (0.1f * MathF.Pow(across, 4));
        var root = 0.2f + (0.16f * MathF.Pow(across, 2)) + (0.04f * Noise.Lattice(p.Seed + 84, (int)tooth, 2));
        var shade = HeadTraits.Rgb(206, 195, 174) * (0.93f + (0.1f * Noise.Lattice(p.Seed + 85, (int)tooth, 2)));
        shade *= Vector3.Lerp(Vector3.One, new Vector3(0.9f, 0.78f, 0.62f), Noise.Step(0.6f, 0.25f, v));
        shade *= 1 - (0.4f * Noise.Step(0.72f, 1, across));
        var gum = HeadTraits.Rgb(160, 84, 80);
        var colour = Vector3.Lerp(gum, shade, Noise.Step(root - 0.04f, root + 0.05f, v));
        colour *= 1 - (0.85f * Noise.Step(0.25f, 0.95f, MathF.Abs((2 * u) - 1)));
        return new Vector4(colour, Noise.Step(edge + 0.02f, edge - 0.05f, v));
    });

    private static Mesh TongueMesh(HeadTraits p) => Mesh.Grid(9, 11, (r, c) =>
    {
        var (s, back) = ((c / 5f) - 1, 1 - (r / 8f));
        var x = s * p.MouthWidth * (0.55f + (0.15f * back));
        var tip = 1 - MathF.Sqrt(MathF.Max(0, 1 - (s * s * 0.8f)));
        var y = 0.02f + (0.06f * MathF.Sqrt(back)) - (0.035f * s * s) + (0.012f * MathF.Abs(s) * (1 - MathF.Abs(s)));
        return (new Vector3(x, y - (r == 8 ? 0.04f : 0), -0.13f - (0.08f * tip) - (0.16f * back)), new Vector2(c / 10f, r / 8f));
    });

    private static Texture TongueColour(HeadTraits p) => new(48, 48, (u, v) =>
    {
        var middle = 1 - (0.3f * MathF.Exp(-MathF.Pow((u - 0.5f) / 0.05f, 2)));
        return Noise.Opaque(HeadTraits.Rgb(176, 88, 86) * middle * (1 + (0.12f * Noise.Plane(p.Seed + 80, u * 16, v * 16)))
            * (0.25f + (0.75f * Noise.Step(0, 0.9f, v))));
    });
}
