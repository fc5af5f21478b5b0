using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>Which pixels lie in the convex hull of the 68 landmarks: brows to chin, without the forehead.</summary>
internal static class FaceHull
{
    /// <summary>bool[height × width], row by row: true where the pixel's centre is inside the hull or on its edge.</summary>
    public static bool[] Inside(Landmarks68 landmarks, int width, int height)
    {
        var hull = Hull(landmarks);
        var inside = new bool[width * height];
        if (hull.Count < 3) return inside;
        for (var y = 0; y < height; y++)
        {
            // The hull is convex: each row cuts it in one span.
            double left = double.PositiveInfinity, right = double.NegativeInfinity;
            for (var i = 0; i < hull.Count; i++)
            {
                var a = hull[i];
                var b = hull[(i + 1) % hull.Count];
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

    /// <summary>A copy in which the pixels where <paramref name="replace"/> holds get the mean colour of those where <paramref name="mean"/> holds.</summary>
    public static RgbImage Fill(RgbImage image, Func<int, bool> replace, Func<int, bool> mean)
    {
        var result = image.Clone();
        Span<long> sum = [0, 0, 0];
        var count = 0;
        for (var i = 0; i < image.Pixels.Length / 3; i++)
        {
            if (!mean(i)) continue;
            count++;
            for (var c = 0; c < 3; c++) sum[c] += image.Pixels[(3 * i) + c];
        }

        for (var i = 0; i < image.Pixels.Length / 3; i++)
        {
            if (!replace(i)) continue;
            // Middle grey where nothing is left to take the mean of.
            for (var c = 0; c < 3; c++) result.Pixels[(3 * i) + c] = count == 0 ? (byte)128 : (byte)(((2 * sum[c]) + count) / (2 * count));
        }

        return result;
    }

    /// <summary>Andrew's monotone chain (1979); collinear points are left out.</summary>
    private static List<(double X, double Y)> Hull(Landmarks68 landmarks)
    {
        if (!landmarks.Values.All(float.IsFinite)) throw new UserErrorException("A landmark is not finite, so there is no face hull; leave the frame out.");
        var points = Enumerable.Range(0, Landmarks68.Count).Select(i => ((double)landmarks[i].X, (double)landmarks[i].Y)).Distinct().Order().ToArray();
        var hull = new List<(double X, double Y)>();
        foreach (var half in new[] { points, [.. points.Reverse()] })
        {
            var start = hull.Count;
            foreach (var point in half)
            {
                while (hull.Count - start >= 2 && Cross(hull[^2], hull[^1], point) <= 0) hull.RemoveAt(hull.Count - 1);
                hull.Add(point);
            }

            hull.RemoveAt(hull.Count - 1);
        }

        return hull;
    }

    private static double Cross((double X, double Y) o, (double X, double Y) a, (double X, double Y) b) =>
        ((a.X - o.X) * (b.Y - o.Y)) - ((a.Y - o.Y) * (b.X - o.X));
}
