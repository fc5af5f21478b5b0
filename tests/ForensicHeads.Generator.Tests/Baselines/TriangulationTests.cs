namespace ForensicHeads.Generator.Tests.Baselines;

public class TriangulationTests
{
    public static TheoryData<string> Sets => ["random", "grid", "repeated"];

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_triangles_cover_the_square_once_and_no_circumcircle_holds_a_point(string name)
    {
        var points = Points(name);
        var triangles = Triangulation.Delaunay(points);
        // Square pixels; the coinciding points' shift of 1e-6 along sides of 63.
        Assert.Equal(63.0 * 63, triangles.Sum(t => Area(points, t)), 1e-2);
        foreach (var triangle in triangles)
        {
            var (x, y, radius) = Circle(points, triangle);
            foreach (var point in points)
            {
                // Cocircular points lie on the circle; pixels.
                var distance = Math.Sqrt(((point.X - x) * (point.X - x)) + ((point.Y - y) * (point.Y - y)));
                if (radius < 1e4) Assert.True(distance > radius - 1e-3);
            }
        }
    }

    private static (double X, double Y)[] Points(string name)
    {
        (double X, double Y)[] corners = [(0, 0), (63, 0), (0, 63), (63, 63)];
        var random = new SeededRandom(1, "triangulation");
        return name switch
        {
            "grid" => [.. corners, .. Enumerable.Range(0, 16).Select(i => (12.0 + (i % 4 * 12), 12.0 + (i / 4 * 12)))],
            "repeated" => [.. corners, .. Enumerable.Range(0, 20).Select(i => (10.0 + (i / 2), 20.0 + (i / 2 * 3 % 7)))],
            _ => [.. corners, .. Enumerable.Range(0, 60).Select(_ => (random.Uniform(1, 62), random.Uniform(1, 62)))],
        };
    }

    private static double Area((double X, double Y)[] p, (int A, int B, int C) t) =>
        Math.Abs(((p[t.B].X - p[t.A].X) * (p[t.C].Y - p[t.A].Y)) - ((p[t.B].Y - p[t.A].Y) * (p[t.C].X - p[t.A].X))) / 2;

    private static (double X, double Y, double Radius) Circle((double X, double Y)[] p, (int A, int B, int C) t)
    {
        var (a, b, c) = (p[t.A], p[t.B], p[t.C]);
        var d = 2 * ((a.X * (b.Y - c.Y)) + (b.X * (c.Y - a.Y)) + (c.X * (a.Y - b.Y)));
        if (Math.Abs(d) < 1e-3) return (0, 0, double.PositiveInfinity);
        var (aa, bb, cc) = ((a.X * a.X) + (a.Y * a.Y), (b.X * b.X) + (b.Y * b.Y), (c.X * c.X) + (c.Y * c.Y));
        var x = ((aa * (b.Y - c.Y)) + (bb * (c.Y - a.Y)) + (cc * (a.Y - b.Y))) / d;
        var y = ((aa * (c.X - b.X)) + (bb * (a.X - c.X)) + (cc * (b.X - a.X))) / d;
        return (x, y, Math.Sqrt(((a.X - x) * (a.X - x)) + ((a.Y - y) * (a.Y - y))));
    }
}
