using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Where head units land on the canvas, how the head is turned, and what light falls on it.</summary>
internal readonly struct Scene
{
    private const float PictureHeight = 2.66f;
    private static readonly Vector3 Pivot = new(0, -0.45f, -0.15f);
    private readonly Matrix4x4 head;
    private readonly Matrix4x4 trunk;
    private readonly float scale;
    private readonly float half;
    private readonly float distance;
    private readonly Vector3 shift;
    private readonly Vector3 halfway;

    public Scene(in FacePose pose, Light light, float cameraDistance, float faceLength, int side)
    {
        Light = light;
        distance = cameraDistance;
        half = side * 0.5f;
        scale = side / PictureHeight * pose.Zoom * (1 / faceLength);
        // The crop is tracked on the face: most of what turning moves it is taken back.
        shift = new Vector3(pose.ShiftX - (0.4f * pose.Yaw), pose.ShiftY + 0.08f + (0.5f * pose.Pitch), 0);
        FaceLength = faceLength;
        head = Matrix4x4.CreateFromYawPitchRoll(pose.Yaw, pose.Pitch, -pose.Roll);
        trunk = Matrix4x4.CreateFromYawPitchRoll(pose.Yaw * 0.25f, 0, -pose.Roll * 0.15f);
        halfway = Vector3.Normalize(light.Key + Vector3.UnitZ);
    }

    public Light Light { get; }

    private float FaceLength { get; }

    /// <summary>Turns a point of the head (<paramref name="headWeight"/> 1), the trunk (0) or the neck between.</summary>
    public Vector3 Turn(Vector3 point, float headWeight)
    {
        point.Y *= FaceLength;
        var local = point - Pivot;
        if (headWeight >= 1) return Vector3.Transform(local, head) + Pivot;
        var still = Vector3.Transform(local, trunk);
        return (headWeight <= 0 ? still : Vector3.Lerp(still, Vector3.Transform(local, head), headWeight)) + Pivot;
    }

    /// <summary>Perspective projection to canvas samples.</summary>
    public Vector2 Project(Vector3 point)
    {
        var k = scale * distance / (distance - point.Z);
        return new Vector2(half + ((point.X + shift.X) * k), half - ((point.Y + shift.Y) * k));
    }

    /// <summary>A drawn vertex whose highlight and unevenness are worked out for each sample.</summary>
    /// <param name="point">Turned position.</param>
    /// <param name="normal">Unit normal.</param>
    /// <param name="uv">Texture coordinate.</param>
    /// <param name="open">How much of the strongest lamp arrives, 0 … 1.</param>
    /// <param name="under">How far light creeps below the surface, per colour.</param>
    public ScreenVertex Shade(Vector3 point, Vector3 normal, Vector2 uv, float open, Vector3 under)
    {
        var at = Project(point);
        var across = Vector3.Normalize(new Vector3(normal.Z, 0, -normal.X) + new Vector3(1e-6f, 0, 0));
        var upwards = Vector3.Cross(normal, across);
        var grazing = 1 - MathF.Abs(normal.Z);
        return new ScreenVertex(at.X, at.Y, point.Z, uv, Light.At(normal, open, under), 0)
        {
            Fine = new Vector4(Vector3.Dot(normal, halfway), Vector3.Dot(across, halfway), Vector3.Dot(upwards, halfway),
                open * Light.KeyColour.Y * (0.75f + grazing)),
        };
    }

    /// <summary>A drawn vertex with diffuse light and a soft highlight.</summary>
    public ScreenVertex Shade(Vector3 point, Vector3 normal, Vector2 uv, float gloss)
    {
        var at = Project(point);
        var shine = 0f;
        if (gloss > 0)
        {
            var facing = MathF.Max(0, Vector3.Dot(normal, halfway));
            var squared = facing * facing;
            squared *= squared;
            squared *= squared;
            shine = gloss * squared * squared * Light.KeyColour.Y;
        }

        return new ScreenVertex(at.X, at.Y, point.Z, uv, Light.At(normal), shine);
    }
}
