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

    private const int Grid = 8;

    // Each patch has its middle in the mean of these of the 68 points.
    private static readonly int[][] Middles = [[30], [3], [13], [66, 8]];

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
