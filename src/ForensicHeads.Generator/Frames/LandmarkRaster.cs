namespace ForensicHeads.Generator.Frames;

/// <summary>
/// The landmark image y of the paper: coloured polylines through the 68 points on black, not anti-aliased, 2 px wide from 256 px on
/// and 1 px below.
/// </summary>
public static class LandmarkRaster
{
    private static readonly Stroke[] Strokes =
    [
        new(0, 16, false, 255, 255, 255),
        new(17, 21, false, 255, 0, 0),
        new(22, 26, false, 0, 255, 0),
        new(27, 30, false, 0, 0, 255),
        new(31, 35, false, 0, 0, 255),
        new(36, 41, true, 255, 0, 255),
        new(42, 47, true, 0, 255, 255),
        new(48, 59, true, 255, 255, 0),
    ];

    /// <summary>Draws the image.</summary>
    /// <param name="landmarks">Points in pixels of a <paramref name="size"/> × <paramref name="size"/> frame; parts outside are left
    /// out.</param>
    /// <param name="size">Side of the image, pixels.</param>
    public static RgbImage Draw(Landmarks68 landmarks, int size)
    {
        var image = new RgbImage(size, size);
        var width = size >= 256 ? 2 : 1;
        foreach (var stroke in Strokes) DrawStroke(image, landmarks, stroke, width);
        return image;
    }

    private static void DrawStroke(RgbImage image, Landmarks68 landmarks, Stroke stroke, int width)
    {
        for (var i = stroke.First; i < stroke.Last; i++) DrawLine(image, landmarks[i], landmarks[i + 1], stroke, width);
        if (stroke.Closed) DrawLine(image, landmarks[stroke.Last], landmarks[stroke.First], stroke, width);
    }

    // Bresenham's line between the rounded points; points far outside are clamped so that a wild landmark cannot stall the loop.
    private static void DrawLine(RgbImage image, (float X, float Y) from, (float X, float Y) to, Stroke stroke, int width)
    {
        var (x, y) = (Round(from.X, image.Width), Round(from.Y, image.Height));
        var (endX, endY) = (Round(to.X, image.Width), Round(to.Y, image.Height));
        var (dx, dy) = (Math.Abs(endX - x), -Math.Abs(endY - y));
        var (stepX, stepY) = (x < endX ? 1 : -1, y < endY ? 1 : -1);
        var error = dx + dy;
        while (true)
        {
            Stamp(image, x, y, stroke, width);
            if (x == endX && y == endY) return;
            var twice = 2 * error;
            if (twice >= dy)
            {
                error += dy;
                x += stepX;
            }

            if (twice <= dx)
            {
                error += dx;
                y += stepY;
            }
        }
    }

    private static int Round(float value, int size) => float.IsNaN(value) ? -size : (int)MathF.Round(Math.Clamp(value, -size, 2 * size));

    private static void Stamp(RgbImage image, int x, int y, Stroke stroke, int width)
    {
        for (var row = y; row < y + width; row++)
        {
            for (var column = x; column < x + width; column++)
            {
                if ((uint)row >= (uint)image.Height || (uint)column >= (uint)image.Width) continue;
                var pixel = image[column, row];
                (pixel[0], pixel[1], pixel[2]) = (stroke.Red, stroke.Green, stroke.Blue);
            }
        }
    }

    private sealed record Stroke(int First, int Last, bool Closed, byte Red, byte Green, byte Blue);
}
