namespace ForensicHeads.Detector.Controls;

/// <summary><c>background_only</c>: only the pixels outside the face hull, to show how much of a detection is not the face.</summary>
public static class BackgroundOnly
{
    /// <summary>
    /// Fills the hull of the landmarks with the mean colour of the pixels outside it, so that nothing of the face is left but its outline.
    /// Real frames and frames driven by them must be masked with the same landmarks.
    /// </summary>
    /// <param name="image">The picture; not changed.</param>
    /// <param name="landmarks">In pixels of <paramref name="image"/>.</param>
    /// <exception cref="UserErrorException">A landmark is not finite.</exception>
    public static RgbImage Mask(RgbImage image, Landmarks68 landmarks)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(landmarks);
        var inside = FaceHull.Inside(landmarks, image.Width, image.Height);
        return FaceHull.Fill(image, i => inside[i], i => !inside[i]);
    }
}
