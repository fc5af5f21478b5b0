using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Draws a head in a clip's light, clothes and room.</summary>
internal sealed class VideoModel(HeadModel head, Light light, Texture backdrop, Texture cloth, float cameraDistance, FineVideo? fine,
    float lens)
{
    [ThreadStatic]
    private static Canvas? canvas;

    private readonly Mesh trunk = Clothes.Trunk(head.Traits);

    public ProceduralFrame Render(in FacePose pose, int size, float faceLength)
    {
        var oversampling = size <= 96 ? 3 : 2;
        if (canvas?.Size != size) canvas = new Canvas(size, oversampling);
        var scene = new Scene(pose, light, cameraDistance, faceLength, canvas.Side);
        canvas.Clear(backdrop, -0.02f * pose.ShiftX, 0.02f * pose.ShiftY);
        var landmarks = DrawHead(canvas, scene, pose);
        if (fine is not null)
            return new ProceduralFrame(canvas.Resolve(scene.Turn(head.Head.EyeCentre, 1).Z - 0.25f, lens * size), landmarks);
        DrawMouth(canvas, scene, pose);
        DrawEyes(canvas, scene, pose);
        Draw(canvas, scene, head.Ears, head.EarColour, Vector3.Zero, 1, 0.02f);
        if (head.Glasses is { } glasses) Draw(canvas, scene, glasses, head.GlassesColour, Vector3.Zero, 1, 0.12f, thin: true);
        if (head.Hair is { } hair) Draw(canvas, scene, hair.Mesh, hair.Texture, Vector3.Zero, 1, 0.03f);
        Draw(canvas, scene, trunk, cloth, Vector3.Zero, 0, 0);
        return new ProceduralFrame(canvas.Resolve(), landmarks);
    }

    private Landmarks68 DrawHead(Canvas target, in Scene scene, in FacePose pose)
    {
        var mesh = head.Head.Mesh;
        var points = new Vector3[head.Head.PointCount];
        head.Head.Deform(pose, points);
        var still = fine is null ? [] : points.ToArray();
        for (var i = 0; i < points.Length; i++) points[i] = scene.Turn(points[i], head.Head.HeadWeights[i]);
        var normals = new Vector3[mesh.Positions.Length];
        mesh.Normals(points, normals);
        head.Head.MendSeams(normals);
        if (fine is not null) fine.Draw(target, scene, pose, still, points, normals);
        else
        {
            var vertices = new ScreenVertex[mesh.Positions.Length];
            for (var i = 0; i < vertices.Length; i++) vertices[i] = scene.Shade(points[i], normals[i], mesh.Uv[i], 0.075f);
            target.Draw(vertices, mesh.Triangles, head.Skin, bothSides: false);
        }

        var values = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            // Canvas samples have their corner at 0; pictures have pixel centres at integers.
            var at = scene.Project(points[mesh.Positions.Length + i]) / target.Oversampling;
            values[2 * i] = at.X - 0.5f;
            values[(2 * i) + 1] = at.Y - 0.5f;
        }

        return new Landmarks68(values);
    }

    private void DrawMouth(Canvas target, in Scene scene, in FacePose pose)
    {
        var narrow = 1 - (0.2f * MathF.Max(0, pose.Round));
        var jaw = head.MouthAnchor + new Vector3(0, -FaceMoves.JawDrop * pose.MouthOpen, -0.05f * pose.MouthOpen);
        Draw(target, scene, head.Cavity, head.CavityColour, head.MouthAnchor, 1, 0, 0.35f, narrow);
        Draw(target, scene, head.UpperTeeth, head.TeethColour, head.MouthAnchor, 1, 0, 0.75f, narrow);
        Draw(target, scene, head.LowerTeeth, head.TeethColour, jaw, 1, 0, 0.5f, narrow);
    }

    private void DrawEyes(Canvas target, in Scene scene, in FacePose pose)
    {
        var gaze = Gaze(pose);
        foreach (var sign in (ReadOnlySpan<int>)[-1, 1])
        {
            var centre = head.Head.EyeCentre with { X = sign * head.Head.EyeCentre.X };
            var mesh = head.Eyeball;
            var vertices = new ScreenVertex[mesh.Positions.Length];
            for (var i = 0; i < vertices.Length; i++)
            {
                var local = Vector3.Transform(mesh.Positions[i], gaze);
                var at = scene.Turn(centre + local, 1);
                var normal = Vector3.Normalize(at - scene.Turn(centre, 1));
                vertices[i] = scene.Shade(at, normal, mesh.Uv[i], 0);
                // The upper lid and its lashes shade the top of the ball.
                vertices[i].Light *= 0.95f - (0.5f * Noise.Step(0.0f, 0.5f, local.Y / head.Head.EyeRadius));
            }

            target.Draw(vertices, mesh.Triangles, head.EyeColour, bothSides: false);
            var toLight = Vector3.Normalize(light.Key + (2.2f * Vector3.UnitZ));
            var spot = scene.Turn(centre, 1) + (toLight * head.Head.EyeRadius * 1.02f);
            DrawCatchLight(target, scene, spot);
        }
    }

    /// <summary>How the eyes turn in the head.</summary>
    internal static Matrix4x4 Gaze(in FacePose pose) =>
        Matrix4x4.CreateFromYawPitchRoll(pose.GazeX - (0.6f * pose.Yaw), -pose.GazeY - (0.5f * pose.Pitch), 0);

    private void DrawCatchLight(Canvas target, in Scene scene, Vector3 spot)
    {
        var mesh = head.CatchLight;
        var vertices = new ScreenVertex[mesh.Positions.Length];
        for (var i = 0; i < vertices.Length; i++)
        {
            var at = scene.Project(spot + mesh.Positions[i]);
            vertices[i] = new ScreenVertex(at.X, at.Y, spot.Z, mesh.Uv[i], Vector3.Zero, 0.95f);
        }

        target.Draw(vertices, mesh.Triangles, head.GlassesColour, bothSides: true);
    }

    private static void Draw(Canvas target, in Scene scene, Mesh mesh, Texture texture, Vector3 origin, float headWeight, float gloss,
        float dim = 1, float narrow = 1, bool thin = false)
    {
        var points = new Vector3[mesh.Positions.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var at = mesh.Positions[i];
            at.X *= narrow;
            points[i] = scene.Turn(at + origin, headWeight);
        }

        var normals = new Vector3[points.Length];
        mesh.Normals(points, normals);
        var vertices = new ScreenVertex[points.Length];
        for (var i = 0; i < vertices.Length; i++)
        {
            vertices[i] = scene.Shade(points[i], normals[i].Z < 0 && thin ? -normals[i] : normals[i], mesh.Uv[i], gloss);
            vertices[i].Light *= dim;
        }

        target.Draw(vertices, mesh.Triangles, texture, bothSides: true);
    }
}

/// <summary>What moves from frame to frame. Angles in radians; the rest 0 (at rest) … 1 (fully), both signs where noted.</summary>
internal readonly record struct FacePose
{
    public float Yaw { get; init; }
    public float Pitch { get; init; }
    public float Roll { get; init; }
    public float ShiftX { get; init; }
    public float ShiftY { get; init; }
    public float Zoom { get; init; }
    public float GazeX { get; init; }
    public float GazeY { get; init; }
    public float Blink { get; init; }
    public float MouthOpen { get; init; }

    /// <summary>−1 wide … 1 rounded.</summary>
    public float Round { get; init; }
    public float Smile { get; init; }

    /// <summary>−1 lowered … 1 raised.</summary>
    public float Brow { get; init; }
    public float Frown { get; init; }
}
