using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>A person's head as a mesh with the movements of a face. Vertices after the mesh's own are the 68 landmarks.</summary>
internal sealed class HeadMesh
{
    private const float LidThickness = 0.016f;
    private const float Negligible = 1e-4f;
    private readonly FaceShape shape;
    private readonly FacePoint[] points;
    private readonly Vector3[] rest;
    private readonly (int Point, Vector3 Delta)[][] shapes;
    private readonly int[] eyeVertices;
    private readonly (int Upper, int Lower)[] seams;

    public HeadMesh(FaceShape shape)
    {
        this.shape = shape;
        var rows = Rows(shape.Traits);
        var columns = Columns();
        Mesh = Mesh
            .Grid(rows.Count, columns.Length, (r, c) => (shape.At(columns[c], rows[r].T), FaceChart.ToUv(columns[c], rows[r].T)), r =>
                rows[r].Lip > 0);
        points = [.. rows.SelectMany(row => columns.Select(theta => new FacePoint(theta, row.T, row.Lip))), .. LandmarkPoints.Of(shape)];
        EyeCentre = shape.At(shape.Angle(shape.Traits.EyeX, FaceShape.EyeY), FaceShape.EyeY) + new Vector3(0, 0, 0.035f - EyeRadius);
        rest = [.. points.Select(point => shape.At(point.Theta, point.T) + Tilt(point))];
        shapes = [.. Enum.GetValues<FaceMove>()
            .Select(move => points.Select((point, i) => (Point: i, Delta: FaceMoves.Delta(shape, point, move)))
            .Where(entry => entry.Delta.LengthSquared() > Negligible * Negligible).ToArray())];
        eyeVertices = [.. Enumerable.Range(0, points.Length).Where(i => NearEye(points[i]))];
        seams = [.. Enumerable.Range(0, rows.Count).Where(r => rows[r].Lip > 0)
            .SelectMany(r => Enumerable.Range(0, columns.Length).Select(c => ((r * columns.Length) + c, ((r + 1) * columns.Length) + c)))];
        HeadWeights = [.. points.Select(point => Noise.Step(-1.75f, -1.0f, point.T))];
    }

    public Mesh Mesh { get; }

    /// <summary>Mesh vertices and landmarks.</summary>
    public int PointCount => points.Length;

    /// <summary>1 where the skin follows the head, 0 where it follows the trunk.</summary>
    public float[] HeadWeights { get; }

    /// <summary>Centre of the eyeball on the right of the picture; the other is its mirror image.</summary>
    public Vector3 EyeCentre { get; }

    /// <summary>Radius of the eyeball.</summary>
    public float EyeRadius => shape.Traits.EyeWidth * 1.16f;

    /// <summary>Moves every point as the pose says (the head itself not yet turned).</summary>
    public void Deform(in FacePose pose, Span<Vector3> target)
    {
        rest.CopyTo(target);
        Span<float> weights = stackalloc float[shapes.Length];
        FaceMoves.Weights(pose, weights);
        for (var k = 0; k < shapes.Length; k++)
        {
            var weight = weights[k];
            if (weight == 0) continue;
            foreach (var (point, delta) in shapes[k]) target[point] += delta * weight;
        }

        foreach (var i in eyeVertices) target[i] = Lid(points[i], target[i], pose);
    }

    /// <summary>The vertices of the front along one edge of the slit at height <paramref name="t"/>, by growing angle.</summary>
    public int[] Edge(float t, int lip, float centre, float half) => [.. Enumerable.Range(0, Mesh.Positions.Length).Where(i =>
        points[i].T == t && points[i].Lip == lip && MathF.Cos(points[i].Theta) > 0
        && MathF.Abs((shape.HalfWidth(t) * MathF.Sin(points[i].Theta)) - centre) < half)];

    /// <summary>Gives both edges of a slit the same normal, so that no seam shows where it is closed.</summary>
    public void MendSeams(Span<Vector3> normals)
    {
        foreach (var (upper, lower) in seams)
        {
            var mean = Vector3.Normalize(normals[upper] + normals[lower] + new Vector3(0, 0, 1e-6f));
            normals[upper] = mean;
            normals[lower] = mean;
        }
    }

    private bool NearEye(FacePoint point)
    {
        if (MathF.Cos(point.Theta) <= 0) return false;
        var dx = MathF.Abs(shape.HalfWidth(point.T) * MathF.Sin(point.Theta)) - EyeCentre.X;
        return MathF.Abs(dx) < EyeRadius && MathF.Abs(point.T - FaceShape.EyeY) < EyeRadius;
    }

    private Vector3 Tilt(FacePoint point)
    {
        if (MathF.Cos(point.Theta) <= 0) return Vector3.Zero;
        var dx = MathF.Abs(shape.HalfWidth(point.T) * MathF.Sin(point.Theta)) - shape.Traits.EyeX;
        return new Vector3(0, shape.Traits.EyeTilt * dx * 1.7f * Noise.Bump(dx, point.T - FaceShape.EyeY, 0.22f, 0.16f), 0);
    }

    // The skin between crease and slit slides over the eyeball as the slit opens.
    private Vector3 Lid(FacePoint point, Vector3 at, in FacePose pose)
    {
        var p = shape.Traits;
        var dx = MathF.Abs(shape.HalfWidth(point.T) * MathF.Sin(point.Theta)) - p.EyeX;
        var s = MathF.Min(1, MathF.Abs(dx) / p.EyeWidth);
        var above = point.T > FaceShape.EyeY || point.Lip > 0;
        var height = p.EyeWidth * p.EyeOpen;
        var squint = 1 - (0.22f * MathF.Max(0, pose.Smile)) + (0.1f * MathF.Max(0, pose.Brow));
        var upper = float.Lerp(0.43f * squint, -0.2f, pose.Blink) * height * MathF.Pow(1 - (s * s), 0.62f);
        var lower = float.Lerp(-0.30f * squint, -0.2f, pose.Blink) * height * MathF.Pow(1 - (s * s), 0.75f);
        var reach = above ? (0.43f * p.EyeWidth * p.EyeOpen) + 0.05f : (-0.3f * height) - 0.045f;
        var along = (point.T - FaceShape.EyeY) / reach;
        var edge = (above ? upper : lower) + (pose.GazeY * 0.05f * (above ? 1 : 0.5f) * (1 - s) * (1 - pose.Blink));
        if (along is >= 0 and < 1) at.Y += edge + ((reach - edge) * along) - (reach * along);
        var cx = MathF.Abs(at.X) - EyeCentre.X;
        var cy = at.Y - EyeCentre.Y;
        var radius = EyeRadius + LidThickness;
        var square = (radius * radius) - (cx * cx) - (cy * cy);
        if (square > 0) at.Z = MathF.Max(at.Z, EyeCentre.Z + MathF.Sqrt(square));
        return at;
    }

    private static List<(float T, int Lip)> Rows(HeadTraits p)
    {
        var rows = new List<(float T, int Lip)>();
        foreach (var t in (ReadOnlySpan<float>)[1f, 0.996f, 0.985f, 0.965f, 0.935f, 0.89f, 0.83f, 0.77f, 0.71f, 0.65f, 0.59f, 0.53f, 0.47f,
            0.42f, 0.38f, 0.35f]) rows.Add((t, 0));
        void Run(float from, float to, float step)
        {
            var count = (int)MathF.Ceiling((from - to) / step);
            for (var i = 1; i < count; i++) rows.Add((float.Lerp(from, to, (float)i / count), 0));
        }

        void Slit(float t) => rows.AddRange([(t, 1), (t, -1)]);
        Run(0.35f, 0.13f, 0.03f);
        Run(0.145f, FaceShape.EyeY, 0.016f);
        Slit(FaceShape.EyeY);
        Run(FaceShape.EyeY, -0.13f, 0.016f);
        Run(-0.115f, p.MouthY, 0.024f);
        Slit(p.MouthY);
        Run(p.MouthY, -0.8f, 0.02f);
        Run(-0.785f, -1f, 0.03f);
        foreach (var t in (ReadOnlySpan<float>)[-1f, -1.02f, -1.045f, -1.075f, -1.11f, -1.16f, -1.22f, -1.3f, -1.45f, -1.65f, -1.9f,
            -2.2f]) rows.Add((t, 0));
        return rows;
    }

    private static float[] Columns()
    {
        var half = new List<float>();
        for (var theta = 0.04f; theta < 1.0f; theta += 0.04f) half.Add(theta);
        for (var theta = 1.04f; theta < 1.75f; theta += 0.08f) half.Add(theta);
        for (var i = 0; i <= 6; i++) half.Add(float.Lerp(1.8f, MathF.PI, i / 6f));
        return [.. half.Select(theta => -theta).Reverse(), 0f, .. half];
    }
}

/// <summary>A point of the resting face. Along the slits of eyes and mouth there are two: above and below.</summary>
/// <param name="Theta">Angle about the vertical axis, 0 in front.</param>
/// <param name="T">Height.</param>
/// <param name="Lip">+1 above a slit, −1 below, 0 elsewhere.</param>
internal readonly record struct FacePoint(float Theta, float T, int Lip = 0);
