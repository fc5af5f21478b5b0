namespace ForensicHeads.Faces;

/// <summary>Face, forehead and hair in a frame, from its landmarks alone: the hull of the 68 points and of a dome over the brows.</summary>
internal static class HeadRegion
{
    private const byte Grey = 128;

    // The dome over the middle of the brows, in units of brows to chin (height) and of the jaw's width.
    private const double DomeHeight = 0.62;
    private const double DomeWidth = 1.04;
    private const int DomePoints = 16;

    /// <summary>A copy with everything outside the region grey.</summary>
    public static RgbImage Keep(RgbImage image, Landmarks68 landmarks)
    {
        var inside = Inside(landmarks, image.Width, image.Height);
        var result = image.Clone();
        for (var i = 0; i < inside.Length; i++)
        {
            if (!inside[i]) result.Pixels.AsSpan(3 * i, 3).Fill(Grey);
        }

        return result;
    }

    /// <summary>bool[height × width], row by row: true inside the region.</summary>
    /// <exception cref="UserErrorException">A landmark is not finite.</exception>
    public static bool[] Inside(Landmarks68 landmarks, int width, int height)
    {
        if (!landmarks.Values.All(float.IsFinite)) throw new UserErrorException(
            "A landmark of a frame is not finite, so the face cannot be cut out; leave the frame out.");
        var points = Enumerable.Range(0, Landmarks68.Count).Select(i => ((double)landmarks[i].X, (double)landmarks[i].Y)).ToList();
        points.AddRange(Dome(landmarks));
        return ConvexHull.Of(points).Inside(width, height);
    }

    private static IEnumerable<(double X, double Y)> Dome(Landmarks68 landmarks)
    {
        var (browsX, browsY) = FaceAlignment.Mean(landmarks, 17, 26);
        var (upX, upY) = (browsX - landmarks[8].X, browsY - landmarks[8].Y);
        var length = Math.Max(1e-6, Math.Sqrt((upX * upX) + (upY * upY)));
        var (acrossX, acrossY) = (-upY / length, upX / length);
        // The jaw's extent across the face; its middle is the head's, even when the face is turned.
        var across = Enumerable.Range(0, 17).Select(i => ((landmarks[i].X - browsX) * acrossX) + ((landmarks[i].Y - browsY) * acrossY))
            .ToArray();
        var (middle, half) = ((across.Max() + across.Min()) / 2, (across.Max() - across.Min()) / 2 * DomeWidth);
        for (var i = 0; i <= DomePoints; i++)
        {
            var angle = Math.PI * i / DomePoints;
            var (side, rise) = (middle + (half * Math.Cos(angle)), DomeHeight * Math.Sin(angle));
            yield return (browsX + (acrossX * side) + (upX * rise), browsY + (acrossY * side) + (upY * rise));
        }
    }
}
