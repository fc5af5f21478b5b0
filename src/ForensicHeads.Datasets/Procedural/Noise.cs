using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Value noise over an integer hash: smooth, seeded, the same on every machine.</summary>
internal static class Noise
{
    /// <summary>Uniform in 0 … 1 for a lattice point.</summary>
    public static float Lattice(uint seed, int x, int y)
    {
        var h = seed ^ ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u);
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        h ^= h >> 15;
        return (h >> 8) * (1f / 16777216f);
    }

    /// <summary>Smooth noise −1 … 1 in two dimensions, one cell per unit.</summary>
    public static float Plane(uint seed, float x, float y)
    {
        var ix = (int)MathF.Floor(x);
        var iy = (int)MathF.Floor(y);
        var fx = Smooth(x - ix);
        var fy = Smooth(y - iy);
        var top = float.Lerp(Lattice(seed, ix, iy), Lattice(seed, ix + 1, iy), fx);
        var bottom = float.Lerp(Lattice(seed, ix, iy + 1), Lattice(seed, ix + 1, iy + 1), fx);
        return (2 * float.Lerp(top, bottom, fy)) - 1;
    }

    /// <summary>Smooth noise −1 … 1 along a line.</summary>
    public static float Line(uint seed, double x)
    {
        var i = (int)Math.Floor(x);
        return (2 * float.Lerp(Lattice(seed, i, 7), Lattice(seed, i + 1, 7), Smooth((float)(x - i)))) - 1;
    }

    /// <summary>Quintic 0 … 1 ramp with flat ends.</summary>
    public static float Smooth(float t) => t * t * t * ((t * ((6 * t) - 15)) + 10);

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth between; works downwards too.</summary>
    public static float Step(float from, float to, float x)
    {
        var t = Math.Clamp((x - from) / (to - from), 0f, 1f);
        return t * t * (3 - (2 * t));
    }

    /// <summary>A Gaussian bump of height 1.</summary>
    public static float Bump(float dx, float dy, float rx, float ry) => MathF.Exp(-((dx * dx / (rx * rx)) + (dy * dy / (ry * ry))));

    /// <summary>Colour with an alpha, as textures hold it.</summary>
    public static Vector4 Opaque(Vector3 colour) => new(colour, 1);
}
