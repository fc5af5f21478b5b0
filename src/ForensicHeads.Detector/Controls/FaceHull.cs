namespace ForensicHeads.Detector.Controls;

/// <summary>Pictures of the face alone and without it. The face is the convex hull of the 68 landmarks: brows to chin, without the
/// forehead.</summary>
public static class FaceHull
{
    /// <summary>The condition <c>face-only</c>: fills everything outside the hull with the mean colour of what was there.</summary>
    /// <param name="image">The picture; not changed.</param>
    /// <param name="landmarks">In pixels of <paramref name="image"/>.</param>
    /// <exception cref="UserErrorException">A landmark is not finite.</exception>
    public static RgbImage FaceOnly(RgbImage image, Landmarks68 landmarks) => Fill(image, landmarks, fillsFace: false);

    /// <summary>
    /// <c>background_only</c>: fills the hull with the mean colour of the pixels outside it, so that nothing of the face is left but its
    /// outline, to show how much of a detection is not the face. Real frames and frames driven by them must be masked with the same
    /// landmarks.
    /// </summary>
    /// <inheritdoc cref="FaceOnly"/>
    public static RgbImage BackgroundOnly(RgbImage image, Landmarks68 landmarks) => Fill(image, landmarks, fillsFace: true);

    /// <summary>bool[height × width], row by row: true where the pixel's centre is inside the hull or on its edge.</summary>
    private static bool[] Inside(Landmarks68 landmarks, int width, int height)
    {
        if (!landmarks.Values.All(
            float.IsFinite)) throw new UserErrorException("A landmark is not finite, so there is no face hull; leave the frame out.");
        return ConvexHull.Of(Enumerable.Range(0, Landmarks68.Count).Select(i => ((double)landmarks[i].X, (double)landmarks[i].Y)))
            .Inside(width, height);
    }

    // A copy in which one side of the hull has the mean colour of what lies outside it.
    private static RgbImage Fill(RgbImage image, Landmarks68 landmarks, bool fillsFace)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(landmarks);
        var inside = Inside(landmarks, image.Width, image.Height);
        var result = image.Clone();
        Span<long> sum = [0, 0, 0];
        var count = 0;
        for (var i = 0; i < image.Pixels.Length / 3; i++)
        {
            if (inside[i]) continue;
            count++;
            for (var c = 0; c < 3; c++) sum[c] += image.Pixels[(3 * i) + c];
        }

        for (var i = 0; i < image.Pixels.Length / 3; i++)
        {
            if (inside[i] != fillsFace) continue;
            // Middle grey where nothing is left to take the mean of.
            for (var c = 0; c < 3; c++) result.Pixels[(3 * i) + c] = count == 0 ? (byte)128 : (byte)(((2 * sum[c]) + count) / (2 * count));
        }

        return result;
    }
}
