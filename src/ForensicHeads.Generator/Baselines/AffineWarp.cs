namespace ForensicHeads.Generator.Baselines;

/// <summary>Warps a shot piecewise-affinely so that its landmarks fall on the driver's; the frame's border stays.</summary>
public static class AffineWarp
{
    /// <summary>Warps one shot to the driver's landmarks.</summary>
    public static RgbImage Warp(Shot shot, Landmarks68 driver)
    {
        var size = shot.Image.Width;
        var (target, source) = (WithBorder(driver, size), WithBorder(shot.Landmarks, size));
        var result = shot.Image.Clone();
        foreach (var (a, b, c) in Triangulation.Delaunay(target)) FillTriangle(result, shot.Image, [target[a], target[b], target[c]],
            [source[a], source[b], source[c]]);
        return result;
    }

    // Corners and middles of the edges hold the background in place.
    private static (double X, double Y)[] WithBorder(Landmarks68 landmarks, int size)
    {
        double end = size - 1;
        var middle = end / 2;
        var points = Enumerable.Range(0, Landmarks68.Count).Select(i => ((double)landmarks[i].X, (double)landmarks[i].Y));
        return [.. points, (0, 0), (middle, 0), (end, 0), (0, middle), (end, middle), (0, end), (middle, end), (end, end)];
    }

    private static void FillTriangle(RgbImage result, RgbImage image, (double X, double Y)[] to, (double X, double Y)[] from)
    {
        var area = Cross(to[0], to[1], to[2]);
        if (Math.Abs(area) < 1e-9) return;
        var (left, right) = ((int)Math.Floor(to.Min(p => p.X)), (int)Math.Ceiling(to.Max(p => p.X)));
        var (top, bottom) = ((int)Math.Floor(to.Min(p => p.Y)), (int)Math.Ceiling(to.Max(p => p.Y)));
        for (var y = Math.Max(0, top); y <= Math.Min(result.Height - 1, bottom); y++)
        {
            for (var x = Math.Max(0, left); x <= Math.Min(result.Width - 1, right); x++)
            {
                var u = Cross((x, y), to[1], to[2]) / area;
                var v = Cross(to[0], (x, y), to[2]) / area;
                var w = 1 - u - v;
                if (u < -1e-9 || v < -1e-9 || w < -1e-9) continue;
                Sample(image, (u * from[0].X) + (v * from[1].X) + (w * from[2].X), (u * from[0].Y) + (v * from[1].Y) + (w * from[2].Y),
                    result[x, y]);
            }
        }
    }

    private static void Sample(RgbImage image, double x, double y, Span<byte> pixel)
    {
        x = Math.Clamp(x, 0, image.Width - 1);
        y = Math.Clamp(y, 0, image.Height - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, image.Width - 1), Math.Min(top + 1, image.Height - 1));
        var (fx, fy) = (x - left, y - top);
        for (var channel = 0; channel < 3; channel++)
        {
            var upper = ((1 - fx) * image[left, top][channel]) + (fx * image[right, top][channel]);
            var lower = ((1 - fx) * image[left, bottom][channel]) + (fx * image[right, bottom][channel]);
            pixel[channel] = (byte)Math.Round(((1 - fy) * upper) + (fy * lower));
        }
    }

    private static double Cross((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
