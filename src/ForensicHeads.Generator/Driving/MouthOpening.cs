namespace ForensicHeads.Generator.Driving;

/// <summary>Closes the mouth of an upright face: the lower lip goes up to the upper one and takes the chin along.</summary>
internal static class MouthOpening
{
    // Point of the lower lip or the jaw, the two inner points whose gap moves it, and the share of that gap.
    private static readonly (int Point, int Upper, int Lower, double Share)[] Moves =
    [
        (67, 61, 67, 1), (66, 62, 66, 1), (65, 63, 65, 1),
        (58, 61, 67, 1), (57, 62, 66, 1), (56, 63, 65, 1), (59, 61, 67, 0.55), (55, 63, 65, 0.55),
        (8, 62, 66, 0.9), (7, 62, 66, 0.88), (9, 62, 66, 0.88), (6, 62, 66, 0.8), (10, 62, 66, 0.8),
        (5, 62, 66, 0.62), (11, 62, 66, 0.62), (4, 62, 66, 0.38), (12, 62, 66, 0.38), (3, 62, 66, 0.15), (13, 62, 66, 0.15),
    ];

    /// <summary>A copy of the points (x0, y0, x1, y1 …) with the mouth closed; an inner lip that is closed or crossed stays.</summary>
    public static float[] Closed(float[] points)
    {
        var result = (float[])points.Clone();
        foreach (var (point, upper, lower, share) in Moves)
        {
            var gap = Math.Max(0, points[(2 * lower) + 1] - points[(2 * upper) + 1]);
            result[(2 * point) + 1] -= (float)(share * gap);
        }

        return result;
    }
}
