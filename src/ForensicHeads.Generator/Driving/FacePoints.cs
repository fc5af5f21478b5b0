namespace ForensicHeads.Generator.Driving;

/// <summary>Which of the 68 points say what.</summary>
internal static class FacePoints
{
    /// <summary>First and last point of the left and of the right eye of the picture, and of the mouth.</summary>
    public static readonly (int First, int Last)[] Parts = [(36, 41), (42, 47), (48, 67)];

    /// <summary>How much a point tells of the head's turn: what speech and looks do not move counts, the chin and the mouth do
    /// not.</summary>
    public static double Rigidity(int point) => point switch
    {
        <= 2 or >= 14 and <= 16 => 0.6,
        >= 17 and <= 26 => 0.15,
        >= 27 and <= 35 => 1,
        36 or 39 or 42 or 45 => 1.5,
        _ => 0,
    };

    /// <summary>Distance of an eye's corners, and the gap between its lids; never less than a thousandth of the face.</summary>
    public static (double Width, double Gap) Eye(float[] points, int first)
    {
        double Y(int i) => points[(2 * (first + i)) + 1];
        return (Distance(points, first, first + 3), Math.Max(1e-3, (Y(5) + Y(4) - Y(1) - Y(2)) / 2));
    }

    /// <summary>Distance of the mouth's corners.</summary>
    public static double MouthWidth(float[] points) => Distance(points, 48, 54);

    private static double Distance(float[] points, int i, int j) =>
        Math.Max(1e-3, Math.Sqrt(Math.Pow(points[2 * i] - points[2 * j], 2) + Math.Pow(points[(2 * i) + 1] - points[(2 * j) + 1], 2)));
}

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
