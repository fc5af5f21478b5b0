namespace ForensicHeads.Media.Tracking;

/// <summary>A face in one frame before it belongs to a track.</summary>
/// <param name="Box">Around the landmarks, with the detector's confidence; 0 when the detector missed it.</param>
/// <param name="Landmarks">In source pixels.</param>
internal sealed record FoundFace(FaceBox Box, FaceLandmarks Landmarks)
{
    internal static FoundFace From(FaceLandmarks landmarks, float detectorConfidence)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var (x, y) = landmarks.Points[i];
            (left, right) = (MathF.Min(left, x), MathF.Max(right, x));
            (top, bottom) = (MathF.Min(top, y), MathF.Max(bottom, y));
        }

        return new FoundFace(new FaceBox(left, top, right - left, bottom - top, detectorConfidence), landmarks);
    }

    /// <summary>Middle of the brows, between points 19 and 24.</summary>
    internal (float X, float Y) Brow
    {
        get
        {
            var (ax, ay) = Landmarks.Points[19];
            var (bx, by) = Landmarks.Points[24];
            return ((ax + bx) / 2, (ay + by) / 2);
        }
    }

    /// <summary>Distance from the chin (point 8) to the middle of the brows, in source pixels.</summary>
    internal float Height
    {
        get
        {
            var (x, y) = Brow;
            var (chinX, chinY) = Landmarks.Points[8];
            return MathF.Sqrt(((chinX - x) * (chinX - x)) + ((chinY - y) * (chinY - y)));
        }
    }
}
