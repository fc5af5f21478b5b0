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

    public int Width { get; }

    public int Height { get; }

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
