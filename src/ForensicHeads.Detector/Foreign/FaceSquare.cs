namespace ForensicHeads.Detector.Foreign;

/// <summary>A square of a picture, turned anyhow.</summary>
/// <param name="X">Its middle, in pixels.</param>
/// <param name="Y">Its middle, in pixels.</param>
/// <param name="Side">Its side in pixels.</param>
/// <param name="DownX">Where its lower edge lies, as a vector of length 1.</param>
/// <param name="DownY">The same.</param>
internal readonly record struct FaceSquare(double X, double Y, double Side, double DownX, double DownY)
{
    private const double LeastSide = 1e-3;
    private static readonly int[] UpperLip = [48, 49, 50, 51, 52, 53, 54, 60, 61, 62, 63, 64];
    private static readonly int[] LowerLip = [48, 54, 55, 56, 57, 58, 59, 60, 64, 65, 66, 67];

    /// <summary>The square of a face; null where its landmarks are not finite or lie in one point.</summary>
    /// <param name="landmarks">In pixels.</param>
    /// <param name="crop">How; of a face.</param>
    public static FaceSquare? Of(Landmarks68 landmarks, DetectorCrop crop)
    {
        var square = crop.Align switch
        {
            CropAlign.Upright => Upright(landmarks, crop.Margin!.Value),
            CropAlign.FivePoints => Template(landmarks, crop.Template!),
            _ => Box(landmarks, crop.Margin!.Value),
        };
        return square.Side > LeastSide && double.IsFinite(square.Side + square.X + square.Y + square.DownX + square.DownY) ? square : null;
    }

    private static FaceSquare Box(Landmarks68 landmarks, double margin)
    {
        var (left, top, right, bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var (x, y) = landmarks[i];
            (left, top) = (Math.Min(left, x), Math.Min(top, y));
            (right, bottom) = (Math.Max(right, x), Math.Max(bottom, y));
        }

        return new FaceSquare((left + right) / 2, (top + bottom) / 2, margin * Math.Max(right - left, bottom - top), 0, 1);
    }

    // Afchar et al. 2018; geometry of the authors' pipeline.py.
    private static FaceSquare Upright(Landmarks68 landmarks, double margin)
    {
        var (eyeX, eyeY) = Mean(landmarks, [36, 37, 38, 39, 40, 41]);
        var (otherX, otherY) = Mean(landmarks, [42, 43, 44, 45, 46, 47]);
        var (bridgeX, bridgeY) = Mean(landmarks, [27, 28, 29, 30]);
        var (tipX, tipY) = Mean(landmarks, [31, 32, 33, 34, 35]);
        var (upperX, upperY) = Mean(landmarks, UpperLip);
        var (lowerX, lowerY) = Mean(landmarks, LowerLip);
        var (downX, downY) = (((upperX + lowerX) - (eyeX + otherX)) / 2, ((upperY + lowerY) - (eyeY + otherY)) / 2);
        var down = Math.Sqrt((downX * downX) + (downY * downY));
        var eyes = Math.Sqrt(((eyeX - otherX) * (eyeX - otherX)) + ((eyeY - otherY) * (eyeY - otherY)));
        return new FaceSquare((bridgeX + tipX) / 2, (bridgeY + tipY) / 2, margin * Math.Max(eyes, down), downX / down, downY / down);
    }

    private static FaceSquare Template(Landmarks68 landmarks, IReadOnlyList<IReadOnlyList<double>> template)
    {
        var fit = FivePoints.Fit([.. template.Select(pair => (pair[0], pair[1]))], FivePoints.Of(landmarks));
        return new FaceSquare(fit.X0 + ((fit.A - fit.B) / 2), fit.Y0 + ((fit.A + fit.B) / 2), fit.Scale, -fit.B / fit.Scale,
            fit.A / fit.Scale);
    }

    private static (double X, double Y) Mean(Landmarks68 points, int[] which) =>
        (which.Average(i => (double)points[i].X), which.Average(i => (double)points[i].Y));
}
