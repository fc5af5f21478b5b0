using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>How far surfaces reach towards the strongest lamp, on a grid across its light: what lies deeper is in shadow.</summary>
internal sealed class ShadowMap
{
    private const int Side = 96;
    private const float PerUnit = Side / 3.6f;
    private const float Bias = 0.045f;
    private const float Penumbra = 0.09f;
    private static readonly Vector3 Middle = new(0, -0.35f, 0);
    private readonly float[] depths = new float[Side * Side];
    private Vector3 across;
    private Vector3 up;
    private Vector3 towards;

    /// <summary>Starts a frame under a lamp in this direction.</summary>
    public void Clear(Vector3 lamp)
    {
        Array.Fill(depths, float.NegativeInfinity);
        towards = lamp;
        across = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, lamp));
        up = Vector3.Cross(lamp, across);
    }

    /// <summary>Puts triangles that face the lamp into the grid.</summary>
    public void Cast(ReadOnlySpan<Vector3> points, ReadOnlySpan<int> triangles)
    {
        Span<Vector3> seen = points.Length <= 16_384 ? stackalloc Vector3[points.Length] : new Vector3[points.Length];
        for (var i = 0; i < points.Length; i++) seen[i] = See(points[i]);
        for (var k = 0; k < triangles.Length; k += 3)
        {
            var (a, b, c) = (seen[triangles[k]], seen[triangles[k + 1]], seen[triangles[k + 2]]);
            var area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            if (area > 0) Fill(a, b, c, 1 / area);
        }
    }

    /// <summary>How much of the lamp's light arrives, 0 … 1, softened over the neighbourhood.</summary>
    public float Open(Vector3 point, Vector3 normal)
    {
        var at = See(point + (normal * Bias));
        var (x0, y0) = ((int)MathF.Floor(at.X - 0.5f), (int)MathF.Floor(at.Y - 0.5f));
        if (x0 < 2 || y0 < 2 || x0 > Side - 4 || y0 > Side - 4) return 1;
        var (fx, fy) = (at.X - 0.5f - x0, at.Y - 0.5f - y0);
        var hidden = 0f;
        for (var j = -1; j <= 2; j++)
        {
            var wy = j == -1 ? 1 - fy : j == 2 ? fy : 1;
            for (var i = -1; i <= 2; i++)
            {
                var wx = i == -1 ? 1 - fx : i == 2 ? fx : 1;
                hidden += wx * wy * Math.Clamp((depths[((y0 + j) * Side) + x0 + i] - at.Z) * (1 / Penumbra), 0, 1);
            }
        }

        return 1 - (hidden * (1f / 9));
    }

    private Vector3 See(Vector3 point)
    {
        point -= Middle;
        return new Vector3((Vector3.Dot(point, across) * PerUnit) + (Side * 0.5f), (Vector3.Dot(point, up) * PerUnit) + (Side * 0.5f),
            Vector3.Dot(point, towards));
    }

    private void Fill(Vector3 a, Vector3 b, Vector3 c, float inverse)
    {
        var (low, high) = (Vector3.Min(a, Vector3.Min(b, c)), Vector3.Max(a, Vector3.Max(b, c)));
        var (left, right) = (Math.Max(0, (int)(low.X + 0.5f)), Math.Min(Side - 1, (int)(high.X - 0.5f)));
        var (first, last) = (Math.Max(0, (int)(low.Y + 0.5f)), Math.Min(Side - 1, (int)(high.Y - 0.5f)));
        for (var y = first; y <= last; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var (dx, dy) = (x + 0.5f - a.X, y + 0.5f - a.Y);
                var wb = ((dx * (c.Y - a.Y)) - (dy * (c.X - a.X))) * inverse;
                var wc = ((dy * (b.X - a.X)) - (dx * (b.Y - a.Y))) * inverse;
                if (wb < 0 || wc < 0 || wb + wc > 1) continue;
                var z = a.Z + (wb * (b.Z - a.Z)) + (wc * (c.Z - a.Z));
                if (z > depths[(y * Side) + x]) depths[(y * Side) + x] = z;
            }
        }
    }
}
