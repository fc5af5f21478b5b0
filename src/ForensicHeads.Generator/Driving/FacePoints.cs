namespace ForensicHeads.Generator.Driving;

/// <summary>Which of the 68 points say what.</summary>
internal static class FacePoints
{
    /// <summary>First and last point of the left and of the right eye of the picture, and of the mouth.</summary>
    public static readonly (int First, int Last)[] Parts = [(36, 41), (42, 47), (48, 67)];

    /// <summary>How much a point tells of the head's turn: what speech and looks do not move counts, the chin and the mouth do not.</summary>
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
