using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Where angle and height lie in a head's texture: most texels go to the face.</summary>
internal static class FaceChart
{
    private const float FrontAngle = 1.7f;
    private const float FrontShare = 0.86f;

    public static Vector2 ToUv(float theta, float t)
    {
        var side = MathF.Abs(theta);
        var g = side < FrontAngle ? FrontShare * side / FrontAngle
            : FrontShare + ((1 - FrontShare) * (side - FrontAngle) / (MathF.PI - FrontAngle));
        var v = t > 0.5f ? 0.24f * (1 - t) : t > -1.1f ? 0.12f + (0.78f * (0.5f - t) / 1.6f) : 0.9f + (0.1f * (-1.1f - t) / 1.1f);
        return new Vector2(0.5f + (0.5f * MathF.CopySign(g, theta)), v);
    }

    public static (float Theta, float T) FromUv(float u, float v)
    {
        var g = MathF.Abs((2 * u) - 1);
        var side = g < FrontShare ? FrontAngle * g / FrontShare
            : FrontAngle + ((MathF.PI - FrontAngle) * (g - FrontShare) / (1 - FrontShare));
        var t = v < 0.12f ? 1 - (v / 0.24f) : v < 0.9f ? 0.5f - (1.6f * (v - 0.12f) / 0.78f) : -1.1f - (1.1f * (v - 0.9f) / 0.1f);
        return (MathF.CopySign(side, u - 0.5f), t);
    }
}
