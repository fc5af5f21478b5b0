namespace ForensicHeads.Experiments.Quality;

/// <summary>The landmarks along which a face is cut out for the judge.</summary>
internal static class FaceOutline
{
    // Eyes to chin in units of the driver's; less is a face that collapsed, which cannot be turned upright.
    private const double LeastHeight = 0.25;

    /// <summary>The found ones where they span a face, else the driver's.</summary>
    public static Landmarks68 Of(Landmarks68? found, Landmarks68 driver) =>
        found is not null && found.Values.All(float.IsFinite) && Height(found) >= LeastHeight * Height(driver) ? found : driver;

    private static double Height(Landmarks68 face)
    {
        var (x, y) = (0.0, 0.0);
        for (var i = 36; i < 48; i++) (x, y) = (x + (face[i].X / 12.0), y + (face[i].Y / 12.0));
        return Math.Sqrt(Math.Pow(face[8].X - x, 2) + Math.Pow(face[8].Y - y, 2));
    }
}
