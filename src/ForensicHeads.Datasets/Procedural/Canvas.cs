using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>A vertex ready to be drawn: position in canvas pixels, depth (larger is nearer), texture coordinate, light and gloss.</summary>
internal record struct ScreenVertex(float X, float Y, float Z, Vector2 Uv, Vector3 Light, float Gloss);

/// <summary>A z-buffered triangle rasteriser in linear light, with supersampling resolved at the end.</summary>
internal sealed class Canvas(int size, int oversampling)
{
    private readonly int side = size * oversampling;
    private readonly Vector3[] colours = new Vector3[size * oversampling * size * oversampling];
    private readonly float[] depths = new float[size * oversampling * size * oversampling];

    public int Size { get; } = size;

    public int Oversampling { get; } = oversampling;

    /// <summary>Side in samples.</summary>
    public int Side => side;

    /// <summary>Starts a frame on a background, shifted by a fraction of its own size.</summary>
    public void Clear(Texture background, float shiftX, float shiftY)
    {
        Array.Fill(depths, float.NegativeInfinity);
        for (var y = 0; y < side; y++)
        {
            var v = 0.05f + (0.9f * (y + 0.5f) / side) + shiftY;
            for (var x = 0; x < side; x++) colours[(y * side) + x] = background.Sample(0.05f + (0.9f * (x + 0.5f) / side) + shiftX, v)
                .AsVector3();
        }
    }

    /// <summary>Draws triangles; texels with less than half coverage are left out.</summary>
    public void Draw(ReadOnlySpan<ScreenVertex> vertices, ReadOnlySpan<int> triangles, Texture texture, bool bothSides)
    {
        for (var k = 0; k < triangles.Length; k += 3)
        {
            ref readonly var a = ref vertices[triangles[k]];
            ref readonly var b = ref vertices[triangles[k + 1]];
            ref readonly var c = ref vertices[triangles[k + 2]];
            var area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            if (area >= 0 && (!bothSides || area == 0)) continue;
            Fill(a, b, c, 1 / area, texture);
        }
    }

    /// <summary>Box-filters the samples down to the picture.</summary>
    public RgbImage Resolve()
    {
        var image = new RgbImage(Size, Size);
        var scale = 1f / (Oversampling * Oversampling);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var sum = Vector3.Zero;
                for (var j = 0; j < Oversampling; j++)
                {
                    var row = (((y * Oversampling) + j) * side) + (x * Oversampling);
                    for (var i = 0; i < Oversampling; i++) sum += colours[row + i];
                }

                sum *= scale;
                var at = ((y * Size) + x) * 3;
                image.Pixels[at] = Tonal.ToByte(sum.X);
                image.Pixels[at + 1] = Tonal.ToByte(sum.Y);
                image.Pixels[at + 2] = Tonal.ToByte(sum.Z);
            }
        }

        return image;
    }

    private void Fill(in ScreenVertex a, in ScreenVertex b, in ScreenVertex c, float inverseArea, Texture texture)
    {
        var left = Math.Max(0, (int)MathF.Ceiling(MathF.Min(a.X, MathF.Min(b.X, c.X)) - 0.5f));
        var right = Math.Min(side - 1, (int)MathF.Floor(MathF.Max(a.X, MathF.Max(b.X, c.X)) - 0.5f));
        var top = Math.Max(0, (int)MathF.Ceiling(MathF.Min(a.Y, MathF.Min(b.Y, c.Y)) - 0.5f));
        var bottom = Math.Min(side - 1, (int)MathF.Floor(MathF.Max(a.Y, MathF.Max(b.Y, c.Y)) - 0.5f));
        var stepB = (c.Y - a.Y) * inverseArea;
        var stepC = -(b.Y - a.Y) * inverseArea;
        for (var y = top; y <= bottom; y++)
        {
            var dy = y + 0.5f - a.Y;
            var dx = left + 0.5f - a.X;
            var wb = ((dx * (c.Y - a.Y)) - (dy * (c.X - a.X))) * inverseArea;
            var wc = ((dy * (b.X - a.X)) - (dx * (b.Y - a.Y))) * inverseArea;
            for (var x = left; x <= right; x++, wb += stepB, wc += stepC)
            {
                var wa = 1 - wb - wc;
                if (wa < 0 || wb < 0 || wc < 0) continue;
                var at = (y * side) + x;
                var z = (wa * a.Z) + (wb * b.Z) + (wc * c.Z);
                if (z <= depths[at]) continue;
                var uv = (a.Uv * wa) + (b.Uv * wb) + (c.Uv * wc);
                var texel = texture.Sample(uv.X, uv.Y);
                if (texel.W < 0.5f) continue;
                depths[at] = z;
                colours[at] = (texel.AsVector3() * ((a.Light * wa) + (b.Light * wb) + (c.Light * wc)))
                    + new Vector3((wa * a.Gloss) + (wb * b.Gloss) + (wc * c.Gloss));
            }
        }
    }
}
