using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>How far each movement shifts a point of the resting face.</summary>
internal static class FaceMoves
{
    /// <summary>How far the chin drops when the mouth is fully open.</summary>
    public const float JawDrop = 0.2f;

    /// <summary>The movements' strengths in a pose, in the order of <see cref="FaceMove"/>.</summary>
    public static void Weights(in FacePose pose, Span<float> weights)
    {
        weights[(int)FaceMove.Jaw] = pose.MouthOpen;
        weights[(int)FaceMove.UpperLip] = (0.55f * pose.MouthOpen) + (0.5f * MathF.Max(0, pose.Smile));
        weights[(int)FaceMove.Smile] = pose.Smile + (0.25f * MathF.Max(0, -pose.Round));
        weights[(int)FaceMove.Round] = pose.Round;
        weights[(int)FaceMove.Brow] = pose.Brow;
        weights[(int)FaceMove.Frown] = pose.Frown;
    }

    public static Vector3 Delta(FaceShape shape, FacePoint point, FaceMove move)
    {
        if (MathF.Cos(point.Theta) < 0) return Vector3.Zero;
        var p = shape.Traits;
        var x = shape.HalfWidth(point.T) * MathF.Sin(point.Theta);
        var side = MathF.Abs(x);
        var sign = MathF.Sign(x);
        var fromMouth = point.T - p.MouthY;
        return move switch
        {
            FaceMove.Jaw => JawWeight(p, point, x) * new Vector3(0, -JawDrop, -0.05f),
            FaceMove.UpperLip =>
                AboveMouth(point, p) ? Lips.Opening(p, x) * Noise.Step(0.14f, 0, fromMouth) * new Vector3(0, 0.035f, 0.01f) : Vector3.Zero,
            FaceMove.Smile => (Noise.Bump(side - p.MouthWidth, fromMouth, 0.13f, 0.1f) * new Vector3(sign * 0.06f, 0.06f, -0.02f))
                + (Noise.Bump(side - 0.36f, point.T + 0.27f, 0.15f, 0.12f) * new Vector3(0, 0.03f, 0.04f)),
            FaceMove.Round => Noise.Bump(x, fromMouth, p.MouthWidth * 1.25f, 0.17f) * new Vector3(-0.33f * x, 0, 0.05f),
            FaceMove.Brow => Noise.Bump(side - 0.3f, point.T - p.BrowY - 0.02f, 0.28f, 0.11f) * new Vector3(0, 0.05f, 0),
            _ => Noise.Bump(side - 0.13f, point.T - p.BrowY, 0.12f, 0.1f) * new Vector3(-sign * 0.03f, -0.04f, 0.01f),
        };
    }

    private static bool AboveMouth(FacePoint point, HeadTraits p) => point.T > p.MouthY || (point.Lip > 0 && point.T == p.MouthY);

    private static float JawWeight(HeadTraits p, FacePoint point, float x)
    {
        var fromMouth = point.T - p.MouthY;
        var loose = Noise.Step(0.15f, -0.26f, fromMouth);
        var slit = Lips.Opening(p, x);
        var weight = AboveMouth(point, p)
            ? float.Lerp(loose, 0, slit * Noise.Step(0.2f, 0.08f, fromMouth))
            : float.Lerp(loose, 1, slit * Noise.Step(-0.3f, -0.1f, fromMouth));
        return weight * Noise.Step(1.5f, 0.9f, MathF.Abs(point.Theta)) * Noise.Step(-1.3f, -1.03f, point.T);
    }
}

/// <summary>The linear movements of a face (blend shapes).</summary>
internal enum FaceMove
{
    Jaw,
    UpperLip,
    Smile,
    Round,
    Brow,
    Frown,
}
