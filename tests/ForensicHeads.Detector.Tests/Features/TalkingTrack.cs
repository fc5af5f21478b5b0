namespace ForensicHeads.Detector.Tests.Features;

/// <summary>The track of tests/reference/features.py: a face by formula that turns, speaks, blinks and trembles, with unsure samples and a
/// gap.</summary>
internal static class TalkingTrack
{
    private static readonly double[] Eye = [0, 0, 8, -5, 20, -5, 28, 0, 20, 5, 8, 5];
    private static readonly double[] InnerMouth = [82, 170, 90, 168, 99, 167, 108, 168, 116, 170, 108, 173, 99, 174, 90, 173];

    public static LandmarkSample[] Create(int samples) => [.. Enumerable.Range(0, samples).Select(i => Sample(i, samples))];

    /// <summary>The face at rest, 136 coordinates.</summary>
    public static double[] Base()
    {
        var face = new double[136];
        for (var k = 0; k < 68; k++) (face[2 * k], face[(2 * k) + 1]) = (100 + (60 * Math.Cos(k)), 120 + (70 * Math.Sin(1.3 * k)));
        foreach (var (first, left) in new[] { (36, 60.0), (42, 110.0) })
            for (var k = 0; k < 6; k++) (face[2 * (first + k)], face[(2 * (first + k)) + 1]) = (left + Eye[2 * k], 100 + Eye[(2 * k) + 1]);
        foreach (var (k, x, y) in new[] { (27, 99.0, 98.0), (30, 99, 140), (33, 99, 154) }) (face[2 * k], face[(2 * k) + 1]) = (x, y);
        InnerMouth.CopyTo(face, 120);
        return face;
    }

    private static LandmarkSample Sample(int i, int samples)
    {
        var face = Base();
        var shut = 1 - (0.85 * Math.Max(0, Math.Pow(Math.Sin(0.31 * i), 7)));
        for (var k = 36; k < 48; k++) face[(2 * k) + 1] = 100 + ((face[(2 * k) + 1] - 100) * shut);
        var open = Math.Pow(Math.Sin(0.7 * i), 2);
        for (var k = 61; k <= 63; k++) face[(2 * k) + 1] -= 3 * open;
        for (var k = 65; k <= 67; k++) face[(2 * k) + 1] += 5 * open;
        face[60] += 6 * Math.Sin(0.11 * i);
        face[61] += 4 * Math.Cos(0.17 * i);
        var (roll, scale, shift) = (0.08 * Math.Sin(0.13 * i), 1 + (0.05 * Math.Cos(0.09 * i)), 3 * Math.Sin(0.2 * i));
        var points = new float[136];
        for (var k = 0; k < 68; k++)
        {
            var x = face[2 * k] + (0.4 * Math.Sin((1.7 * i) + (2.1 * k))) - 100;
            var y = face[(2 * k) + 1] + (0.4 * Math.Cos((2.3 * i) + (1.9 * k))) - 100;
            points[2 * k] = (float)((scale * ((x * Math.Cos(roll)) - (y * Math.Sin(roll)))) + 100 + shift);
            points[(2 * k) + 1] = (float)((scale * ((x * Math.Sin(roll)) + (y * Math.Cos(roll)))) + 100 + shift);
        }

        var time = (0.04 * i) + (i % 5 == 2 ? 0.004 : 0) + (i >= 2 * samples / 3 ? 0.5 : 0);
        return new LandmarkSample(time, new Landmarks68(points), i % 29 == 17 ? 0.3f : 0.9f);
    }
}
