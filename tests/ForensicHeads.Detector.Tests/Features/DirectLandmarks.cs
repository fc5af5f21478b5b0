namespace ForensicHeads.Detector.Tests.Features;

/// <summary>The landmark statistics straight from their definitions, one sample and one loop at a time.</summary>
internal static class DirectLandmarks
{
    private static readonly int[] Rigid = [36, 39, 42, 45, 27, 30, 33];
    private static readonly double[,] Model =
        { { -0.5, 0, 0 }, { -0.18, 0.01, 0.07 }, { 0.18, 0.01, 0.07 }, { 0.5, 0, 0 }, { 0, -0.02, 0.2 }, { 0, 0.45, 0.48 },
        { 0, 0.6, 0.27 } };

    public static double[] Compute(IReadOnlyList<LandmarkSample> track)
    {
        var used = track.Where(sample => sample.Confidence >= 0.5).ToArray();
        var intervals = new List<double>();
        for (var i = 1; i < used.Length; i++) intervals.Add(used[i].TimeS - used[i - 1].TimeS);
        var median = Quantile(intervals, 0.5);
        bool Joined(int i) => i > 0 && i < used.Length && used[i].TimeS - used[i - 1].TimeS <= 2.5 * median;

        var (eyes, mouth, blinks, acceleration) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var jitter = new[] { new List<double>(), new List<double>(), new List<double>() };
        for (var i = 0; i < used.Length; i++)
        {
            eyes.Add((Ratio(used[i], 36) + Ratio(used[i], 42)) / 2);
            mouth.Add((Gap(used[i], 61, 67) + Gap(used[i], 62, 66) + Gap(used[i], 63, 65)) / 3 / Pose(used[i]).Scale);
        }

        var watched = 0.0;
        for (var i = 1; i < used.Length; i++)
        {
            if (!Joined(i)) continue;
            watched += intervals[i - 1];
            if (!Joined(i + 1)) continue;
            var (before, here, after) = (Pose(used[i - 1]), Pose(used[i]), Pose(used[i + 1]));
            var share = intervals[i - 1] / (intervals[i - 1] + intervals[i]);
            for (var angle = 0; angle < 3; angle++)
                jitter[angle]
                    .Add(Math.Abs(here.Angles[angle] - before.Angles[angle] - (share * (after.Angles[angle] - before.Angles[angle]))));
            var sum = 0.0;
            for (var k = 0; k < 68; k++)
            {
                var square = 0.0;
                for (var axis = 0; axis < 2; axis++)
                {
                    var (p, q, r) =
                        (Upright(used[i - 1], before, k)[axis], Upright(used[i], here, k)[axis], Upright(used[i + 1], after, k)[axis]);
                    // Twice the leading coefficient of the parabola through three points, by Newton's divided differences.
                    square += Math.Pow(
                        2 * (((r - q) / intervals[i]) - ((q - p) / intervals[i - 1])) / (intervals[i] + intervals[i - 1]), 2);
                }

                sum += Math.Sqrt(square);
            }

            acceleration.Add(sum / 68);
        }

        var threshold = 0.7 * Quantile(eyes, 0.9);
        for (var i = 1; i < used.Length; i++)
        {
            if (!Joined(i) || eyes[i - 1] < threshold || eyes[i] >= threshold) continue;
            for (var j = i + 1; Joined(j); j++)
            {
                if (eyes[j] < threshold) continue;
                double Cross(int k) => used[k - 1].TimeS + (intervals[k - 1] * (eyes[k - 1] - threshold) / (eyes[k - 1] - eyes[k]));
                if (Cross(j) - Cross(i) <= 1) blinks.Add(Cross(j) - Cross(i));
                break;
            }
        }

        return [60 * blinks.Count / watched,
            .. new[] { eyes, blinks, mouth, jitter[0], jitter[1], jitter[2], acceleration }.SelectMany(Five)];
    }

    private static double[] Five(List<double> values)
    {
        if (values.Count == 0) return [0, 0, 0, 0, 0];
        var mean = values.Average();
        return [mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), Quantile(values, 0.1), Quantile(values, 0.5),
            Quantile(values, 0.9)];
    }

    private static double Quantile(List<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var at = share * (sorted.Length - 1);
        return double.Lerp(sorted[(int)Math.Floor(at)], sorted[(int)Math.Ceiling(at)], at - Math.Floor(at));
    }

    private static double Gap(LandmarkSample sample, int a, int b) =>
        Math.Sqrt(Math.Pow((double)sample.Landmarks[a].X - sample.Landmarks[b].X, 2)
            + Math.Pow((double)sample.Landmarks[a].Y - sample.Landmarks[b].Y, 2));

    private static double Ratio(LandmarkSample sample, int eye) =>
        (Gap(sample, eye + 1, eye + 5) + Gap(sample, eye + 2, eye + 4)) / (2 * Gap(sample, eye, eye + 3));

    private static double[] Upright(LandmarkSample sample, (double[] Angles, double Scale, double X, double Y) pose, int k)
    {
        var roll = pose.Angles[2] * Math.PI / 180;
        var (x, y) = (sample.Landmarks[k].X - pose.X, sample.Landmarks[k].Y - pose.Y);
        return [((x * Math.Cos(roll)) + (y * Math.Sin(roll))) / pose.Scale, ((y * Math.Cos(roll)) - (x * Math.Sin(roll))) / pose.Scale];
    }

    /// <summary>Least squares with a constant: four unknowns a coordinate, normal equations by Gaussian elimination.</summary>
    private static (double[] Angles, double Scale, double X, double Y) Pose(LandmarkSample sample)
    {
        var (a, b) = (Solve(k => sample.Landmarks[k].X), Solve(k => sample.Landmarks[k].Y));
        var lengthA = Math.Sqrt((a[0] * a[0]) + (a[1] * a[1]) + (a[2] * a[2]));
        var lengthB = Math.Sqrt((b[0] * b[0]) + (b[1] * b[1]) + (b[2] * b[2]));
        double[] angles = [Math.Asin(a[2] / lengthA), -Math.Asin(b[2] / lengthB), Math.Atan2(b[0], a[0])];
        return ([.. angles.Select(angle => angle * 180 / Math.PI)], (lengthA + lengthB) / 2,
            Rigid.Average(k => (double)sample.Landmarks[k].X), Rigid.Average(k => (double)sample.Landmarks[k].Y));
    }

    private static double[] Solve(Func<int, double> coordinate)
    {
        var system = new double[4, 5];
        for (var k = 0; k < 7; k++)
        {
            double[] row = [Model[k, 0], Model[k, 1], Model[k, 2], 1, coordinate(Rigid[k])];
            for (var i = 0; i < 4; i++)
                for (var j = 0; j < 5; j++)
                    system[i, j] += row[i] * row[j];
        }

        for (var pivot = 0; pivot < 4; pivot++)
        {
            for (var row = 0; row < 4; row++)
            {
                if (row == pivot) continue;
                var factor = system[row, pivot] / system[pivot, pivot];
                for (var column = 0; column < 5; column++) system[row, column] -= factor * system[pivot, column];
            }
        }

        return [.. Enumerable.Range(0, 4).Select(i => system[i, 4] / system[i, i])];
    }
}
