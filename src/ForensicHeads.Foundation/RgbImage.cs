namespace ForensicHeads.Foundation;

/// <summary>An 8-bit RGB picture: the one image type that passes between rooms.</summary>
/// <remarks>Row-major, interleaved R, G, B, no padding: <c>byte[Height * Width * 3]</c>. Pixel centres lie at integers.</remarks>
public sealed class RgbImage
{
    /// <summary>Wraps <paramref name="pixels"/> (not copied) as a picture.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels">Interleaved RGB, exactly <c>width * height * 3</c> bytes.</param>
    /// <exception cref="ArgumentException">The buffer's length does not match the size.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != (long)width * height * 3)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes do not make a {width}×{height} RGB picture; {(long)width * height * 3} were expected.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>A black picture of the given size.</summary>
    public RgbImage(int width, int height)
        : this(width, height, new byte[width * height * 3])
    {
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Interleaved RGB bytes, row by row.</summary>
    public byte[] Pixels { get; }

    /// <summary>The three bytes of the pixel at column <paramref name="x"/>, row <paramref name="y"/>.</summary>
    public Span<byte> this[int x, int y] => Pixels.AsSpan(((y * Width) + x) * 3, 3);

    /// <summary>A copy that shares no memory with this picture.</summary>
    public RgbImage Clone() => new(Width, Height, (byte[])Pixels.Clone());
}
