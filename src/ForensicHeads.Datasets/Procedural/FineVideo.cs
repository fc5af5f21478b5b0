using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Draws a person as the second renderer does, in a clip's light, clothes and room.</summary>
/// <param name="head">Who is seen.</param>
/// <param name="fine">What that head looks like from near.</param>
/// <param name="light">The clip's lamps.</param>
/// <param name="cloth">What clothes are made of.</param>
/// <param name="random">Draws the collar.</param>
internal sealed class FineVideo(HeadModel head, FineHead fine, Light light, Texture cloth, SeededRandom random)
{
    // Below this size every second texel is enough.
    private const int ManyPixels = 192;

    [ThreadStatic]
    private static ShadowMap? shadows;

    private readonly Mesh trunk = Clothes.Trunk(head.Traits);
    private readonly Mesh? collar = Clothes.Collar(head.Traits, random);
    private readonly Surface clothes = new(cloth);
    private readonly Lazy<Surface> smallSkin = new(fine.Skin.Half);
    private readonly Lazy<Surface?> smallHair = new(() => fine.Hair?.Surface.Half());

    /// <summary>Draws the head and all that belongs to it.</summary>
    /// <param name="target">Cleared to the background.</param>
    /// <param name="scene">The frame's view.</param>
    /// <param name="pose">The frame's pose.</param>
    /// <param name="still">The head's points, moved but not turned.</param>
    /// <param name="points">The same, turned.</param>
    /// <param name="normals">Of <paramref name="points"/>.</param>
    public void Draw(Canvas target, in Scene scene, in FacePose pose, ReadOnlySpan<Vector3> still, ReadOnlySpan<Vector3> points,
        ReadOnlySpan<Vector3> normals)
    {
        var small = target.Size < ManyPixels;
        var shade = shadows ??= new ShadowMap();
        shade.Clear(light.Key);
        shade.Cast(points, head.Head.Mesh.Triangles);
        var hair = new Vector3[fine.Hair?.Layers.Count ?? 0][];
        for (var i = 0; i < hair.Length; i++) hair[i] = Turned(scene, fine.Hair!.Value.Layers[i].Mesh);
        if (fine.Hair is { } casting) shade.Cast(hair[0], casting.Layers[0].Mesh.Triangles);
        Part(target, scene, trunk, Turned(scene, trunk, headWeight: 0), clothes, Vector3.Zero);
        if (collar is not null) Part(target, scene, collar, Turned(scene, collar, headWeight: 0.1f), clothes, Vector3.Zero);
        var mesh = head.Head.Mesh;
        var vertices = new ScreenVertex[mesh.Positions.Length];
        for (var i = 0; i < vertices.Length; i++)
            vertices[i] = scene.Shade(points[i], normals[i], mesh.Uv[i], shade.Open(points[i], normals[i]), fine.UnderSkinAt[i]);
        target.Draw(vertices, mesh.Triangles, small ? smallSkin.Value : fine.Skin, bothSides: false);
        Mouth(target, scene, pose);
        Eyes(target, scene, pose);
        Part(target, scene, head.Ears, Turned(scene, head.Ears, narrow: 0.94f), fine.Ear, new Vector3(0.7f, 0.3f, 0.2f));
        foreach (var fringe in fine.Fringes)
        {
            var at = fringe.Place(still, pose.Blink);
            for (var i = 0; i < at.Length; i++) at[i] = scene.Turn(at[i], 1);
            Part(target, scene, fringe.Mesh, at, fringe.Surface, FineHead.UnderSkin, 0.8f);
        }

        if (fine.Hair is { } drawn)
        {
            var surface = (small ? smallHair.Value : drawn.Surface)!.Value;
            for (var i = 0; i < hair.Length; i++)
                Part(target, scene, drawn.Layers[i].Mesh, hair[i], surface with { Cut = drawn.Layers[i].Cut }, HairShell.Under,
                    drawn.Layers[i].Dim, loose: i > 0);
        }

        if (head.Glasses is not { } glasses) return;
        // A little before where they sit, clear of cheeks that a smile lifts.
        var off = new Vector3(0, 0, 0.045f);
        Part(target, scene, fine.Lenses!, Turned(scene, fine.Lenses!, off, narrow: 0.98f), Glass, Vector3.Zero);
        Part(target, scene, glasses, Turned(scene, glasses, off, narrow: 0.98f), new Surface(head.GlassesColour, Metal), Vector3.Zero);
    }

    // A pale sheen that runs aslant.
    private static readonly Surface Glass = new(new Texture(32, 32, (u, v) => new Vector4(0.8f, 0.85f, 0.9f,
        0.125f * (0.02f + (0.08f * Noise.Step(0.25f, 0.6f, u - v) * Noise.Step(0.95f, 0.7f, u - v))))));

    private static readonly Texture Metal = new(1, 1, (_, _) => new Vector4(0, 0, 0.1f, 0));

    private void Mouth(Canvas target, in Scene scene, in FacePose pose)
    {
        var narrow = 1 - (0.2f * MathF.Max(0, pose.Round));
        var open = Math.Clamp(pose.MouthOpen + (0.3f * pose.Smile), 0, 1);
        var jaw = head.MouthAnchor + new Vector3(0, -FaceMoves.JawDrop * pose.MouthOpen, -0.05f * pose.MouthOpen);
        void Inside(in Scene scene, Mesh mesh, in Surface surface, Vector3 at, float dim) =>
            Part(target, scene, mesh, Turned(scene, mesh, at, narrow: narrow), surface, FineHead.UnderSkin, dim);
        Inside(scene, fine.Cavity, new Surface(head.CavityColour), head.MouthAnchor, 0.3f);
        Inside(scene, fine.Tongue, fine.TongueSurface, jaw + new Vector3(0, 0.015f, 0), 0.8f + (0.4f * open));
        Inside(scene, fine.LowerTeeth, fine.Teeth, jaw + new Vector3(0, -0.02f, 0), 0.5f + (0.3f * open));
        Inside(scene, fine.UpperTeeth, fine.Teeth, head.MouthAnchor, 0.56f + (0.28f * open));
    }

    private void Eyes(Canvas target, in Scene scene, in FacePose pose)
    {
        var gaze = VideoModel.Gaze(pose);
        var radius = head.Head.EyeRadius;
        foreach (var sign in (ReadOnlySpan<int>)[-1, 1])
        {
            var centre = head.Head.EyeCentre with { X = sign * head.Head.EyeCentre.X };
            var middle = scene.Turn(centre, 1);
            var mesh = head.Eyeball;
            var vertices = new ScreenVertex[mesh.Positions.Length];
            for (var i = 0; i < vertices.Length; i++)
            {
                var local = Vector3.Transform(mesh.Positions[i], gaze);
                var at = scene.Turn(centre + local, 1);
                var normal = Vector3.Normalize(at - middle);
                vertices[i] = scene.Shade(at, normal, mesh.Uv[i], shadows!.Open(at, normal), FineHead.UnderSkin);
                // Lids and lashes shade the ball above, below and in the corners.
                var (x, y) = (local.X / radius, local.Y / radius);
                vertices[i].Light *= 0.98f * (1 - (0.55f * Noise.Step(0.02f, 0.42f, y))) * (1 - (0.35f * Noise.Step(-0.1f, -0.35f, y)))
                    * (1 - (0.4f * Noise.Step(0.45f, 0.85f, MathF.Abs(x))));
            }

            target.Draw(vertices, mesh.Triangles, fine.Eye, bothSides: false);
            var spot = middle + (Vector3.Normalize(light.Key + (2.2f * Vector3.UnitZ)) * radius * 1.02f);
            Glint(target, scene, spot);
        }
    }

    private void Glint(Canvas target, in Scene scene, Vector3 spot)
    {
        var mesh = head.CatchLight;
        var vertices = new ScreenVertex[mesh.Positions.Length];
        for (var i = 0; i < vertices.Length; i++)
        {
            var at = scene.Project(spot + (mesh.Positions[i] * 1.15f));
            var border = i < mesh.Positions.Length / 2 ? 0 : 1;
            vertices[i] = new ScreenVertex(at.X, at.Y, spot.Z, new Vector2(0.5f, border), light.KeyColour, 0);
        }

        target.Draw(vertices, mesh.Triangles, Spark, bothSides: true);
    }

    // Bright in the middle (texture height 0), gone at the border.
    private static readonly Surface Spark =
        new(new Texture(1, 16, (_, v) => new Vector4(0.85f, 0.85f, 0.85f, 0.11f * Noise.Step(1, 0.2f, v))));

    private static Vector3[] Turned(in Scene scene, Mesh mesh, Vector3 origin = default, float headWeight = 1, float narrow = 1)
    {
        var points = new Vector3[mesh.Positions.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var at = mesh.Positions[i];
            at.X *= narrow;
            points[i] = scene.Turn(at + origin, headWeight);
        }

        return points;
    }

    private static void Part(Canvas target, in Scene scene, Mesh mesh, Vector3[] points, in Surface surface, Vector3 under, float dim = 1,
        bool loose = false)
    {
        var normals = new Vector3[points.Length];
        mesh.Normals(points, normals);
        var vertices = new ScreenVertex[points.Length];
        for (var i = 0; i < vertices.Length; i++)
        {
            var normal = normals[i].Z < -0.2f ? -normals[i] : normals[i];
            vertices[i] = scene.Shade(points[i], normal, mesh.Uv[i], shadows!.Open(points[i], normal), under);
            vertices[i].Light *= dim;
            // Seen from the side, single hairs would stand beside the head.
            if (loose) vertices[i].Gloss = 0.6f * (1 - MathF.Abs(normal.Z)) * (1 - MathF.Abs(normal.Z));
            vertices[i].Fine = vertices[i].Fine with { W = vertices[i].Fine.W * dim };
        }

        target.Draw(vertices, mesh.Triangles, surface, bothSides: true);
    }
}
