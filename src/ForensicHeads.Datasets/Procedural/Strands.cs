using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Single hairs drawn into a head's texture.</summary>
internal sealed class Strands(Texture texture, uint seed)
{
    private int drawn;

    /// <summary>Brows, and a beard or its stubble.</summary>
    public void Grow(FaceShape shape)
    {
        var p = shape.Traits;
        for (var i = 0; i < 520; i++) Brow(shape, i % 2 == 0 ? -1 : 1);
        if (p.Female) return;
        for (var i = 0; i < 16000; i++)
        {
            var (theta, t) = (float.Lerp(-1.5f, 1.5f, Draw()), float.Lerp(-1.04f, -0.05f, Draw()));
            var x = shape.HalfWidth(t) * MathF.Sin(theta);
            var (beard, moustache) = SkinTexture.Growth(p, x, t, theta);
            var (long_, dense) = (MathF.Max(beard * p.Beard, moustache * p.Moustache), MathF.Max(beard, moustache));
            var (grows, turn, shade) = (Draw(), Draw() - 0.5f, Draw());
            if (grows < long_)
            {
                var lean = (theta * 0.5f) + (0.9f * turn) + (moustache > beard ? MathF.Sign(x) * 0.9f : 0);
                Hair(theta, t, lean - (MathF.PI / 2), 0.05f + (0.03f * shade), p.BrowColour * (0.4f + (0.9f * shade * shade)), 0.85f);
            }
            else if (grows < dense * p.Stubble) Hair(theta, t, turn - (MathF.PI / 2), 0.006f, p.BrowColour, 0.22f);
        }
    }

    private void Brow(FaceShape shape, int sign)
    {
        var p = shape.Traits;
        var along = Draw();
        var side = float.Lerp(Brows.Inner - 0.01f, Brows.Outer, along);
        var off = (Draw() + Draw()) - 1;
        var t = Brows.Centre(p, side) + (off * Brows.Half(p, MathF.Max(side, Brows.Inner + 0.01f)) * 1.15f);
        // Upright beside the nose, then lying outwards; the upper hairs bow down, the lower ones up.
        var rise = float.Lerp(1.35f, -0.25f, MathF.Sqrt(along)) - (0.7f * off) + (0.5f * (Draw() - 0.5f));
        var angle = sign > 0 ? rise : MathF.PI - rise;
        var length = float.Lerp(0.035f, 0.055f, Draw()) * (1 - (0.35f * along));
        Hair(shape.Angle(sign * side, t), t, angle, length, p.BrowColour * (0.4f + (0.6f * Draw())), 1);
    }

    // From a root along an angle (0 towards growing angles, then upwards); it thins out towards its tip.
    private void Hair(float theta, float t, float angle, float length, Vector3 colour, float strength)
    {
        var (sin, cos) = MathF.SinCos(angle);
        const int Steps = 12;
        for (var i = 0; i < Steps; i++)
        {
            var s = i / (float)(Steps - 1);
            var uv = FaceChart.ToUv(theta + (cos * s * length * 1.4f), t + (sin * s * length));
            Dot((uv.X * texture.Width) - 0.5f, (uv.Y * texture.Height) - 0.5f, colour, strength * (1 - (0.7f * s)) * 0.4f);
        }
    }

    private void Dot(float x, float y, Vector3 colour, float strength)
    {
        var (x0, y0) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        if (x0 < 0 || y0 < 0 || x0 + 1 >= texture.Width || y0 + 1 >= texture.Height) return;
        var (fx, fy) = (x - x0, y - y0);
        var at = (y0 * texture.Width) + x0;
        void Mix(int i, float share) =>
            texture.Texels[i] = Vector4.Lerp(texture.Texels[i], new Vector4(colour, 1), strength * share);
        Mix(at, (1 - fx) * (1 - fy));
        Mix(at + 1, fx * (1 - fy));
        Mix(at + texture.Width, (1 - fx) * fy);
        Mix(at + texture.Width + 1, fx * fy);
    }

    private float Draw() => Noise.Lattice(seed + 70, drawn++, 1);
}
