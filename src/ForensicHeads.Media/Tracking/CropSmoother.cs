namespace ForensicHeads.Media.Tracking;

/// <summary>Turns the raw faces of one track into frames whose crop follows without jitter.</summary>
internal static class CropSmoother
{
    internal static FaceTrack Smooth(int number, IReadOnlyList<TrackedFace> faces, FaceCropperOptions options)
    {
        var times = faces.Select(f => f.TimeS).ToArray();
        var sizes = Filter(faces.Select(f => (double)f.Face.Height).ToArray(), times, 2 * options.CropSmoothing);
        var columns = Filter(faces.Select(f => (double)f.Face.Box.CentreX).ToArray(), times, options.CropSmoothing);
        var rows = Filter(faces.Select(f => (f.Face.Brow.Y + f.Face.Landmarks.Points[8].Y) / 2.0).ToArray(), times, options.CropSmoothing);
        var landmarks = Landmarks(faces, times, options.LandmarkSmoothing);
        var frames = new TrackFrame[faces.Count];
        for (var i = 0; i < frames.Length; i++)
        {
            var (_, _, face) = faces[i];
            var side = Math.Max(1, (int)Math.Round(sizes[i] / options.FaceShare));
            var window =
                new CropWindow((int)Math.Round(columns[i] - (side / 2.0)), (int)Math.Round(rows[i] - (options.FaceCentre * side)), side);
            frames[i] = new TrackFrame(faces[i].FrameNumber, faces[i].TimeS, face.Box, landmarks[i], face.Landmarks.Confidence, window);
        }

        return new FaceTrack(number, frames);
    }

    private static Landmarks68[] Landmarks(IReadOnlyList<TrackedFace> faces, double[] times, double deviation)
    {
        if (deviation <= 0) return [.. faces.Select(f => f.Face.Landmarks.Points)];
        var result = faces.Select(_ => new float[2 * Landmarks68.Count]).ToArray();
        // One pair of buffers for all coordinates: 272 arrays as long as the clip would be let lie by the collector.
        var (raw, smooth) = (new double[faces.Count], new double[faces.Count]);
        for (var k = 0; k < 2 * Landmarks68.Count; k++)
        {
            for (var i = 0; i < raw.Length; i++) raw[i] = faces[i].Face.Landmarks.Points.Values[k];
            Gaussian(raw, times, deviation, smooth);
            for (var i = 0; i < smooth.Length; i++) result[i][k] = (float)smooth[i];
        }

        return [.. result.Select(values => new Landmarks68(values))];
    }

    /// <summary>A median first, so that a single wrong frame leaves no trace, then a Gaussian over time.</summary>
    private static double[] Filter(double[] values, double[] times, double deviation)
    {
        if (deviation <= 0) return values;
        var result = new double[values.Length];
        Gaussian(Median(values), times, deviation, result);
        return result;
    }

    private static double[] Median(double[] values)
    {
        const int Reach = 2;
        var result = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            // The window shrinks symmetrically at the ends, so that a moving head is not pulled inwards there.
            var reach = Math.Min(Reach, Math.Min(i, values.Length - 1 - i));
            var window = values.AsSpan(i - reach, (2 * reach) + 1).ToArray();
            Array.Sort(window);
            result[i] = window[reach];
        }

        return result;
    }

    private static void Gaussian(double[] values, double[] times, double deviation, double[] result)
    {
        for (var i = 0; i < values.Length; i++)
        {
            double sum = 0, weights = 0;
            var reach = Math.Min(3 * deviation, Math.Min(times[i] - times[0], times[^1] - times[i]) + (deviation / 2));
            for (var side = -1; side <= 1; side += 2)
            {
                for (var j = side < 0 ? i : i + 1; j >= 0 && j < values.Length && Math.Abs(times[j] - times[i]) <= reach; j += side)
                {
                    var distance = (times[j] - times[i]) / deviation;
                    var weight = Math.Exp(-0.5 * distance * distance);
                    sum += weight * values[j];
                    weights += weight;
                }
            }

            result[i] = sum / weights;
        }
    }
}
