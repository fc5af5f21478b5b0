namespace ForensicHeads.Media.Tracking;

/// <summary>
/// A crop without any resize: four patches of the source's own pixels in one square picture, so that traces of a decoder are seen as the
/// file has them. Upper left the nose, upper right the left border of the face, lower left its right border, lower right mouth to chin.
/// </summary>
/// <remarks>Patches begin on the grid of 8×8 pixels on which JPEG and most video codecs work; outside the picture its edge is repeated.
/// Those of a small face overlap.</remarks>
public static class NativePatches
{
    /// <summary>Patches a side of the picture.</summary>
    public const int ASide = 2;

    /// <summary>Patches in a picture.</summary>
    public const int Count = ASide * ASide;

    private const int Grid = 8;

    // Each patch has its middle in the mean of these of the 68 points.
    private static readonly int[][] Middles = [[30], [3], [13], [66, 8]];

    /// <summary>One patch of a picture of them.</summary>
    /// <param name="picture">A square picture of even side.</param>
    /// <param name="patch">0 … 3, row by row.</param>
    /// <returns>Half the side.</returns>
    public static RgbImage Patch(RgbImage picture, int patch)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var tile = new RgbImage(picture.Width / ASide, picture.Width / ASide);
        Take(picture, patch, tile);
        return tile;
    }

    /// <summary>As <see cref="Patch"/>, into a picture of half the side.</summary>
    public static void Take(RgbImage picture, int patch, RgbImage tile)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(tile);
        var side = tile.Width;
        var (left, top) = (patch % ASide * side, patch / ASide * side);
        for (var y = 0; y < side; y++)
            picture.Pixels.AsSpan(3 * (((top + y) * picture.Width) + left), 3 * side).CopyTo(tile.Pixels.AsSpan(3 * y * side));
    }

    /// <summary>Cuts the patches out.</summary>
    /// <param name="image">The frame.</param>
    /// <param name="landmarks">The face, in pixels of the frame.</param>
    /// <param name="picture">A square picture of even side, which is overwritten; each patch has half its side.</param>
    internal static RgbImage Cut(RgbImage image, Landmarks68 landmarks, RgbImage picture)
    {
        var side = picture.Width / ASide;
        for (var patch = 0; patch < Middles.Length; patch++)
        {
            var (x, y) = (Middles[patch].Average(point => landmarks[point].X), Middles[patch].Average(point => landmarks[point].Y));
            var tile = new CropWindow(Aligned(x - (side / 2.0)), Aligned(y - (side / 2.0)), side).Cut(image, side);
            var (left, top) = (patch % ASide * side, patch / ASide * side);
            for (var row = 0; row < side; row++)
                tile.Pixels.AsSpan(3 * row * side, 3 * side).CopyTo(picture.Pixels.AsSpan(3 * (((top + row) * picture.Width) + left)));
        }

        return picture;

        static int Aligned(double at) => Grid * (int)Math.Floor((at / Grid) + 0.5);
    }
}
