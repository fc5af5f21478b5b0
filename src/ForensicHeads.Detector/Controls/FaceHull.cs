namespace ForensicHeads.Detector.Controls;

/// <summary>Which pixels lie in the convex hull of the 68 landmarks: brows to chin, without the forehead.</summary>
internal static class FaceHull
{
    /// <summary>bool[height × width], row by row: true where the pixel's centre is inside the hull or on its edge.</summary>
    public static bool[] Inside(Landmarks68 landmarks, int width, int height)
    {
        if (!landmarks.Values.All(
            float.IsFinite)) throw new UserErrorException("A landmark is not finite, so there is no face hull; leave the frame out.");
        return ConvexHull.Of(Enumerable.Range(0, Landmarks68.Count).Select(i => ((double)landmarks[i].X, (double)landmarks[i].Y)))
            .Inside(width, height);
    }

    /// <summary>A copy in which the pixels where <paramref name="replace"/> holds get the mean colour of those where
    /// <paramref name="mean"/> holds.</summary>
    public static RgbImage Fill(RgbImage image, Func<int, bool> replace, Func<int, bool> mean)
    {
        var result = image.Clone();
        Span<long> sum = [0, 0, 0];
        var count = 0;
        for (var i = 0; i < image.Pixels.Length / 3; i++)
        {
            if (!mean(i)) continue;
            count++;
            for (var c = 0; c < 3; c++) sum[c] += image.Pixels[(3 * i) + c];
        }

        for (var i = 0; i < image.Pixels.Length / 3; i++)
        {
            if (!replace(i)) continue;
            // Middle grey where nothing is left to take the mean of.
            for (var c = 0; c < 3; c++) result.Pixels[(3 * i) + c] = count == 0 ? (byte)128 : (byte)(((2 * sum[c]) + count) / (2 * count));
        }

        return result;
    }
}
