namespace ForensicHeads.Generator.Driving;

/// <summary>
/// Takes the tremble out of measured landmarks: the head's place, and each part of the face within it, is filtered over time on its own,
/// so that a still brow is smoothed while the mouth speaks. The noise is estimated from the points that do not move with speech.
/// </summary>
public static class LandmarkSmoother
{
    // Speech and blinks must not pass for noise: no part is believed to tremble much more than the nose.
    private const double MostNoise = 1.5;
    private const int FewestFrames = 5;

    private static readonly int[][] Parts = [Run(0, 16), Run(17, 21), Run(22, 26), Run(27, 35), Run(36, 41), Run(42, 47), Run(48, 67)];

    /// <summary>Smooths a clip; with fewer than five frames nothing can be told from noise, and it is returned as it is.</summary>
    /// <param name="frames">Landmarks of one face, in order.</param>
    /// <param name="times">Their times, seconds.</param>
    /// <param name="deviation">Of the Gaussian over time, seconds; 0 or less leaves all as it is.</param>
    public static IReadOnlyList<Landmarks68> Smooth(IReadOnlyList<Landmarks68> frames, IReadOnlyList<double> times, double deviation)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(times);
        if (deviation <= 0 || frames.Count < FewestFrames) return frames;
        var middle = new float[2 * Landmarks68.Count];
        foreach (var frame in frames) for (var k = 0; k < middle.Length; k++) middle[k] += frame.Values[k] / frames.Count;
        var places = frames.Select(frame => PlacementFit.Flat(middle, frame)).ToArray();
        var inner = frames.Select((frame, i) => Inside(frame, places[i])).ToArray();
        var still = TemporalFilter.Noise(Part(inner, Parts[3]));

        var result = frames.Select(_ => new float[2 * Landmarks68.Count]).ToArray();
        foreach (var part in Parts)
        {
            var values = Part(inner, part);
            var smooth = TemporalFilter.Smooth(values, times, deviation, Math.Min(TemporalFilter.Noise(values), MostNoise * still));
            for (var i = 0; i < smooth.Length; i++) for (var k = 0; k < part.Length; k++) (result[i][2 * part[k]],
                result[i][(2 * part[k]) + 1]) = ((float)smooth[i][2 * k], (float)smooth[i][(2 * k) + 1]);
        }

        // The place as two points a face's height apart, so that turn and size are in pixels like all else.
        var ends = Array.ConvertAll(places, place => Ends(place, middle));
        ends = TemporalFilter.Smooth(ends, times, deviation, TemporalFilter.Noise(ends));
        return [.. result.Select((face, i) => Outside(face, Place(ends[i], middle)))];
    }

    private static int[] Run(int first, int last) => [.. Enumerable.Range(first, last - first + 1)];

    private static double[][] Part(double[][] frames, int[] part) =>
        Array.ConvertAll(frames, frame => part.SelectMany(i => new[] { frame[2 * i], frame[(2 * i) + 1] }).ToArray());

    private static double[] Inside(Landmarks68 frame, FacePlacement place)
    {
        var result = new double[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++) (result[2 * i], result[(2 * i) + 1]) = place.ToFace(frame[i].X, frame[i].Y);
        return result;
    }

    private static Landmarks68 Outside(float[] face, FacePlacement place)
    {
        var result = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var (x, y) = place.ToPicture(face[2 * i], face[(2 * i) + 1]);
            (result[2 * i], result[(2 * i) + 1]) = ((float)x, (float)y);
        }

        return new Landmarks68(result);
    }

    // The bridge of the nose and the chin of the middle face.
    private static double[] Ends(FacePlacement place, float[] middle)
    {
        var (top, bottom) = (place.ToPicture(middle[54], middle[55]), place.ToPicture(middle[16], middle[17]));
        return [top.X, top.Y, bottom.X, bottom.Y];
    }

    private static FacePlacement Place(double[] ends, float[] middle)
    {
        var (dx, dy) = ((double)middle[16] - middle[54], (double)middle[17] - middle[55]);
        var (ex, ey) = (ends[2] - ends[0], ends[3] - ends[1]);
        var square = Math.Max(1e-12, (dx * dx) + (dy * dy));
        var (a, b) = (((dx * ex) + (dy * ey)) / square, ((dx * ey) - (dy * ex)) / square);
        return new FacePlacement(0, 0, a, b, ends[0] - (a * middle[54]) + (b * middle[55]), ends[1] - (b * middle[54]) - (a * middle[55]));
    }
}
