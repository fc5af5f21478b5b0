using System.Numerics;

namespace ForensicHeads.Datasets.Procedural;

/// <summary>Linear-light colours with coverage, read bilinearly; coordinates beyond the edge are clamped.</summary>
internal sealed class Texture
{
    private readonly Vector4[] texels;

    public Texture(int width, int height, Func<float, float, Vector4> colourAt)
    {
        Width = width;
        Height = height;
        texels = new Vector4[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) texels[(y * width) + x] = colourAt((x + 0.5f) / width, (y + 0.5f) / height);
        }
    }

    private Texture(int width, int height, Vector4[] texels) => (Width, Height, this.texels) = (width, height, texels);

    public int Width { get; }

    public int Height { get; }

    /// <summary>The texels, row by row, for whoever paints over them.</summary>
    public Span<Vector4> Texels => texels;

    /// <summary>Each texel the mean of four: for pictures that are too small for all of them.</summary>
    public Texture Half()
    {
        var (width, height) = (Width / 2, Height / 2);
        var half = new Vector4[width * height];
        for (var i = 0; i < half.Length; i++)
        {
            var at = (2 * (i / width) * Width) + (2 * (i % width));
            half[i] = (texels[at] + texels[at + 1] + texels[at + Width] + texels[at + Width + 1]) * 0.25f;
        }

        return new Texture(width, height, half);
    }

    /// <summary>A square picture out of focus: three box filters of the radius, edges repeated.</summary>
    public Texture Blurred(int radius)
    {
        var (from, to) = ((Vector4[])texels.Clone(), new Vector4[texels.Length]);
        for (var pass = 0; pass < 6; pass++)
        {
            // Filters the rows and turns the picture over, so that every second pass filters columns.
            for (var y = 0; y < Height; y++)
            {
                var sum = Vector4.Zero;
                for (var k = -radius; k <= radius; k++) sum += from[(y * Width) + Math.Clamp(k, 0, Width - 1)];
                for (var x = 0; x < Width; x++)
                {
                    to[(x * Height) + y] = sum / ((2 * radius) + 1);
                    sum += from[(y * Width) + Math.Min(x + radius + 1, Width - 1)] - from[(y * Width) + Math.Max(x - radius, 0)];
                }
            }

            (from, to) = (to, from);
        }

        return new Texture(Width, Height, from);
    }

    public static Texture Flat(Vector3 colour) => new(1, 1, (_, _) => new Vector4(colour, 1));

    public Vector4 Sample(float u, float v)
    {
        var x = Math.Clamp((u * Width) - 0.5f, 0, Width - 1);
        var y = Math.Clamp((v * Height) - 0.5f, 0, Height - 1);
        var x0 = (int)x;
        var y0 = (int)y;
        var x1 = Math.Min(x0 + 1, Width - 1);
        var y1 = Math.Min(y0 + 1, Height - 1) * Width;
        y0 *= Width;
        var fx = x - x0;
        var top = Vector4.Lerp(texels[y0 + x0], texels[y0 + x1], fx);
        var bottom = Vector4.Lerp(texels[y1 + x0], texels[y1 + x1], fx);
        return Vector4.Lerp(top, bottom, y - (y0 / Width));
    }
}
