namespace ForensicHeads.Generator.Baselines;

/// <summary>Delaunay triangulation of a few dozen points (Bowyer 1981, Watson 1981).</summary>
public static class Triangulation
{
    /// <summary>Index triples of the triangles that cover the points' convex hull.</summary>
    /// <param name="points">Points in any order; coinciding ones are told apart by a tiny fixed shift.</param>
    public static IReadOnlyList<(int A, int B, int C)> Delaunay(IReadOnlyList<(double X, double Y)> points)
    {
        var all = new List<(double X, double Y)>(points.Count + 3);
        // Coinciding or cocircular points would make the circle test ambiguous; a shift far below a pixel settles it.
        for (var i = 0; i < points.Count; i++) all.Add(
            (points[i].X + (1e-6 * Math.Sin(i * 12.9898)), points[i].Y + (1e-6 * Math.Cos(i * 78.233))));
        var reach = 20 * (1 + all.Max(p => Math.Max(Math.Abs(p.X), Math.Abs(p.Y))));
        var first = all.Count;
        all.Add((-3 * reach, -reach));
        all.Add((3 * reach, -reach));
        all.Add((0, 3 * reach));

        var triangles = new List<(int A, int B, int C)> { (first, first + 1, first + 2) };
        for (var i = 0; i < first; i++) Insert(all, triangles, i);
        triangles.RemoveAll(t => t.A >= first || t.B >= first || t.C >= first);
        return triangles;
    }

    private static void Insert(List<(double X, double Y)> points, List<(int A, int B, int C)> triangles, int index)
    {
        var edges = new Dictionary<(int, int), int>();
        triangles.RemoveAll(triangle =>
        {
            if (!InCircle(points[triangle.A], points[triangle.B], points[triangle.C], points[index])) return false;
            foreach (var (a, b) in new[] { (triangle.A, triangle.B), (triangle.B, triangle.C), (triangle.C, triangle.A) })
            {
                var edge = (Math.Min(a, b), Math.Max(a, b));
                edges[edge] = edges.GetValueOrDefault(edge) + 1;
            }

            return true;
        });
        foreach (var ((a, b), count) in edges)
        {
            if (count == 1) triangles.Add((a, b, index));
        }
    }

    private static bool InCircle((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) p)
    {
        var (ax, ay, bx, by, cx, cy) = (a.X - p.X, a.Y - p.Y, b.X - p.X, b.Y - p.Y, c.X - p.X, c.Y - p.Y);
        var determinant = (((ax * ax) + (ay * ay)) * ((bx * cy) - (cx * by)))
            - (((bx * bx) + (by * by)) * ((ax * cy) - (cx * ay)))
            + (((cx * cx) + (cy * cy)) * ((ax * by) - (bx * ay)));
        var orientation = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
        return orientation > 0 ? determinant > 0 : determinant < 0;
    }
}
