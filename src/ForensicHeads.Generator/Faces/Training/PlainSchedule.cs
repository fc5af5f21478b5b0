namespace ForensicHeads.Generator.Faces.Training;

/// <summary>Learning rate of the face networks: a linear start, then half a cosine down to nothing (Loshchilov and Hutter 2017).</summary>
internal static class PlainSchedule
{
    private const double Highest = 2e-3;
    private const double StartShare = 0.05;

    /// <summary>Rate at a step (from 0) of so many.</summary>
    public static double Rate(int step, int steps)
    {
        var done = (step + 0.5) / steps;
        return done < StartShare ? Highest * done / StartShare : Highest * 0.5 * (1 + Math.Cos(Math.PI * (done - StartShare) / (1 - StartShare)));
    }
}
