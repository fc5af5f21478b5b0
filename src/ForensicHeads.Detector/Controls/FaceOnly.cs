namespace ForensicHeads.Detector.Controls;

/// <summary>The condition <c>face-only</c>: the background replaced by its mean colour.</summary>
public static class FaceOnly
{
    /// <summary>Fills everything outside the hull of the landmarks with the mean colour of what was there.</summary>
    /// <param name="image">The picture; not changed.</param>
    /// <param name="landmarks">In pixels of <paramref name="image"/>.</param>
    /// <exception cref="UserErrorException">A landmark is not finite.</exception>
    public static RgbImage Mask(RgbImage image, Landmarks68 landmarks)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(landmarks);
        var inside = FaceHull.Inside(landmarks, image.Width, image.Height);
        return FaceHull.Fill(image, i => !inside[i], i => !inside[i]);
    }
}
