using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>A vertex ready to be drawn: position in canvas pixels, depth (larger is nearer), texture coordinate, light and gloss (on fine
/// surfaces: how much of the coverage is lost).</summary>
internal record struct ScreenVertex(float X, float Y, float Z, Vector2 Uv, Vector3 Light, float Gloss)
{
    /// <summary>For surfaces with relief: how the normal, and its change across and upwards, face the highlight; the lamp's
    /// strength.</summary>
    public Vector4 Fine { get; set; }
}

/// <summary>What a finely drawn surface is made of.</summary>
/// <param name="Colour">Colour and coverage.</param>
/// <param name="Relief">Slope across, slope upwards, gloss; none for dull and even surfaces.</param>
/// <param name="Cut">Coverage up to which a texel is left out; it is solid from an eighth above.</param>
internal readonly record struct Surface(Texture Colour, Texture? Relief = null, float Cut = 0)
{
    /// <summary>The same with a quarter of the texels.</summary>
    public Surface Half() => this with { Colour = Colour.Half(), Relief = Relief?.Half() };
}

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

    /// <summary>Draws triangles finely: edges of coverage blend with what lies behind, which must be drawn before.</summary>
    public void Draw(ReadOnlySpan<ScreenVertex> vertices, ReadOnlySpan<int> triangles, in Surface surface, bool bothSides) =>
        Draw(vertices, triangles, surface.Colour, surface, bothSides);

    /// <summary>Draws triangles; texels with less than half coverage are left out.</summary>
    public void Draw(ReadOnlySpan<ScreenVertex> vertices, ReadOnlySpan<int> triangles, Texture texture, bool bothSides) =>
        Draw(vertices, triangles, texture, null, bothSides);

    private void Draw(ReadOnlySpan<ScreenVertex> vertices, ReadOnlySpan<int> triangles, Texture texture, Surface? surface, bool bothSides)
    {
        for (var k = 0; k < triangles.Length; k += 3)
        {
            ref readonly var a = ref vertices[triangles[k]];
            ref readonly var b = ref vertices[triangles[k + 1]];
            ref readonly var c = ref vertices[triangles[k + 2]];
            var area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            if (area >= 0 && (!bothSides || area == 0)) continue;
            Fill(a, b, c, 1 / area, texture, surface);
        }
    }

    /// <summary>Box-filters the samples down to the picture.</summary>
    /// <param name="focus">What lies behind this depth goes out of focus; the background of <see cref="Clear"/> is taken as it is.</param>
    /// <param name="lens">How far out of focus: standard deviation in pixels at a depth of one behind; 0 for a pinhole.</param>
    public RgbImage Resolve(float focus = 0, float lens = 0)
    {
        var image = new RgbImage(Size, Size);
        var scale = 1f / (Oversampling * Oversampling);
        if (lens > 0) Defocus(focus, lens);
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

    // Each sample behind the focus becomes the mean along its row, then along its column, as far as it is out of focus.
    private void Defocus(float focus, float lens)
    {
        // A box of the half width r has the deviation r / √3.
        var reach = lens * Oversampling * 1.73f;
        var line = new Vector3[side];
        for (var k = 0; k < 2 * side; k++)
        {
            var (first, step) = k < side ? (k * side, 1) : (k - side, side);
            for (var i = 0; i < side; i++) line[i] = colours[first + (i * step)];
            for (var i = 0; i < side; i++)
            {
                var depth = depths[first + (i * step)];
                if (depth == float.NegativeInfinity || depth >= focus) continue;
                var radius = Math.Min(focus - depth, 1.5f) * reach;
                var (sum, weight) = (line[i], 1f);
                for (var d = 1; d < radius + 1; d++)
                {
                    var share = Math.Min(1, radius + 1 - d);
                    sum += (line[Math.Max(0, i - d)] + line[Math.Min(side - 1, i + d)]) * share;
                    weight += 2 * share;
                }

                colours[first + (i * step)] = sum / weight;
            }
        }
    }

    private void Fill(in ScreenVertex a, in ScreenVertex b, in ScreenVertex c, float inverseArea, Texture texture, in Surface? surface)
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
                if (surface is { } fine)
                {
                    texel.W -= fine.Cut + (wa * a.Gloss) + (wb * b.Gloss) + (wc * c.Gloss);
                    Blend(at, z, texel, fine.Relief, uv, (a.Light * wa) + (b.Light * wb) + (c.Light * wc),
                        (a.Fine * wa) + (b.Fine * wb) + (c.Fine * wc));
                    continue;
                }

                if (texel.W < 0.5f) continue;
                depths[at] = z;
                colours[at] = (texel.AsVector3() * ((a.Light * wa) + (b.Light * wb) + (c.Light * wc)))
                    + new Vector3((wa * a.Gloss) + (wb * b.Gloss) + (wc * c.Gloss));
            }
        }
    }

    private void Blend(int at, float z, Vector4 texel, Texture? relief, Vector2 uv, Vector3 light, Vector4 fine)
    {
        var cover = Math.Min(1, texel.W * 8);
        if (cover <= 0.02f) return;
        var colour = texel.AsVector3() * light;
        if (relief is not null)
        {
            var bent = relief.Sample(uv.X, uv.Y);
            var slope = (bent.X * fine.Y) + (bent.Y * fine.Z);
            var facing = Math.Clamp(fine.X - slope, 0, 1);
            facing *= facing;
            facing *= facing;
            var wide = facing * facing;
            var narrow = wide * wide * wide;
            colour = (colour * Math.Clamp(1 - (slope * fine.W), 0.4f, 1.6f))
                + new Vector3(fine.W * bent.Z * ((0.3f * wide) + narrow));
        }

        colours[at] = Vector3.Lerp(colours[at], colour, cover);
        if (cover > 0.5f) depths[at] = z;
    }
}
