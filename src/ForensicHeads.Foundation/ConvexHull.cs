namespace ForensicHeads.Foundation;

/// <summary>The convex hull of points in the plane (monotone chain, Andrew 1979); collinear points are left out.</summary>
public sealed class ConvexHull
{
    private ConvexHull(IReadOnlyList<(double X, double Y)> corners) => Corners = corners;

    /// <summary>The corners in order round the hull; fewer than three where the points lie on a line.</summary>
    public IReadOnlyList<(double X, double Y)> Corners { get; }

    /// <summary>The hull of some finite points.</summary>
    public static ConvexHull Of(IEnumerable<(double X, double Y)> points)
    {
        var sorted = points.Distinct().Order().ToArray();
        var hull = new List<(double X, double Y)>();
        foreach (var half in new[] { sorted, [.. sorted.Reverse()] })
        {
            var start = hull.Count;
            foreach (var point in half)
            {
                while (hull.Count - start >= 2 && Cross(hull[^2], hull[^1], point) <= 0) hull.RemoveAt(hull.Count - 1);
                hull.Add(point);
            }

            if (hull.Count > 0) hull.RemoveAt(hull.Count - 1);
        }

        return new ConvexHull(hull);
    }

    /// <summary>bool[height × width], row by row: true where a pixel's centre is inside the hull or on its edge.</summary>
    public bool[] Inside(int width, int height)
    {
        var inside = new bool[width * height];
        if (Corners.Count < 3) return inside;
        for (var y = 0; y < height; y++)
        {
            // The hull is convex: each row cuts it in one span.
            double left = double.PositiveInfinity, right = double.NegativeInfinity;
            for (var i = 0; i < Corners.Count; i++)
            {
                var a = Corners[i];
                var b = Corners[(i + 1) % Corners.Count];
                if (Math.Min(a.Y, b.Y) > y || Math.Max(a.Y, b.Y) < y) continue;
                if (a.Y == b.Y)
                {
                    (left, right) = (Math.Min(left, Math.Min(a.X, b.X)), Math.Max(right, Math.Max(a.X, b.X)));
                    continue;
                }

                var x = a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
            }

            var last = (int)Math.Min(width - 1, Math.Floor(right));
            for (var x = (int)Math.Max(0, Math.Ceiling(left)); x <= last; x++) inside[(y * width) + x] = true;
        }

        return inside;
    }

    private static double Cross((double X, double Y) o, (double X, double Y) a, (double X, double Y) b) =>
        ((a.X - o.X) * (b.Y - o.Y)) - ((a.Y - o.Y) * (b.X - o.X));
}
