namespace ForensicHeads.Generator.Driving;

/// <summary>
/// A Gaussian over time that leaves alone what moves: neighbours count less the more they differ, beyond what noise explains (the
/// bilateral filter of Tomasi and Manduchi, 1998, over time and several coordinates at once). Zero phase: nothing comes late.
/// </summary>
internal static class TemporalFilter
{
    /// <summary>Filters a sequence of vectors.</summary>
    /// <param name="values">One vector a frame.</param>
    /// <param name="times">Seconds, ascending.</param>
    /// <param name="deviation">Of the Gaussian, seconds.</param>
    /// <param name="noise">Deviation of the noise of one coordinate.</param>
    public static double[][] Smooth(double[][] values, IReadOnlyList<double> times, double deviation, double noise)
    {
        if (noise <= 0) return values;
        var result = new double[values.Length][];
        for (var i = 0; i < values.Length; i++)
        {
            var sum = new double[values[i].Length];
            double total = 0;
            for (var side = -1; side <= 1; side += 2)
            {
                for (var j = side < 0 ? i : i + 1; j >= 0 && j < values.Length && Math.Abs(times[j] - times[i]) <= 3 * deviation; j += side)
                {
                    var age = (times[j] - times[i]) / deviation;
                    var weight = Math.Exp((-0.5 * age * age) - Math.Max(0, Difference(values[i], values[j], noise) - 1));
                    total += weight;
                    for (var k = 0; k < sum.Length; k++) sum[k] += weight * values[j][k];
                }
            }

            result[i] = Array.ConvertAll(sum, value => value / total);
        }

        return result;
    }

    /// <summary>Deviation of the noise of a coordinate: the median of second differences, which slow movement does not touch and fast
    /// movement does but rarely.</summary>
    public static double Noise(double[][] values)
    {
        var differences = new List<double>();
        for (var i = 1; i + 1 < values.Length; i++)
        {
            for (var k = 0; k < values[i].Length; k++) differences.Add(Math.Abs(values[i - 1][k] - (2 * values[i][k]) + values[i + 1][k]));
        }

        if (differences.Count == 0) return 0;
        differences.Sort();
        // 0.6745 is the median of |z|, and the second difference of noise has six times its variance.
        return differences[differences.Count / 2] / 0.6745 / Math.Sqrt(6);
    }

    // Mean squared difference in units of what noise alone gives, 1 when nothing moved.
    private static double Difference(double[] a, double[] b, double noise)
    {
        double sum = 0;
        for (var k = 0; k < a.Length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum / a.Length / (2 * noise * noise);
    }
}
