namespace ForensicHeads.Media.Faces;

/// <summary>An upright rectangle around a face, in pixels of the picture; it may reach outside.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Confidence">0 … 1, the detector's own score.</param>
public readonly record struct FaceBox(float X, float Y, float Width, float Height, float Confidence)
{
    /// <summary>Horizontal centre.</summary>
    public float CentreX => X + (Width / 2);

    /// <summary>Vertical centre.</summary>
    public float CentreY => Y + (Height / 2);

    /// <summary>Area in square pixels.</summary>
    public float Area => Width * Height;

    /// <summary>Intersection over union with another box, 0 … 1.</summary>
    public float Overlap(FaceBox other)
    {
        var width = MathF.Min(X + Width, other.X + other.Width) - MathF.Max(X, other.X);
        var height = MathF.Min(Y + Height, other.Y + other.Height) - MathF.Max(Y, other.Y);
        if (width <= 0 || height <= 0) return 0;
        return width * height / (Area + other.Area - (width * height));
    }
}
