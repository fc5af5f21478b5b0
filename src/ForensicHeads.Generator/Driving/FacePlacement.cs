namespace ForensicHeads.Generator.Driving;

/// <summary>Where a face stands in a picture and how it is turned: a scaled orthographic view.</summary>
/// <param name="Yaw">Turn about the vertical axis, radians; positive moves the nose to the right of the picture.</param>
/// <param name="Pitch">Turn about the horizontal axis, radians; positive moves the nose up.</param>
/// <param name="A">Scale times the cosine of the roll.</param>
/// <param name="B">Scale times the sine of the roll.</param>
/// <param name="X">Column of the face's origin, pixels.</param>
/// <param name="Y">Row of the face's origin, pixels.</param>
internal readonly record struct FacePlacement(double Yaw, double Pitch, double A, double B, double X, double Y)
{
    /// <summary>Pixels a face unit.</summary>
    public double Scale => Math.Sqrt((A * A) + (B * B));

    /// <summary>A point of the face (x right, y down, z towards the viewer) as the turned head shows it, before scale and roll.</summary>
    public (double X, double Y) Turn(double x, double y, double z)
    {
        var (sin, cos) = Math.SinCos(Yaw);
        var depth = (z * cos) - (x * sin);
        var (sinPitch, cosPitch) = Math.SinCos(Pitch);
        return ((x * cos) + (z * sin), (y * cosPitch) - (depth * sinPitch));
    }

    /// <summary>From the face's plane to the picture.</summary>
    public (double X, double Y) ToPicture(double x, double y) => ((A * x) - (B * y) + X, (B * x) + (A * y) + Y);

    /// <summary>From the picture to the face's plane.</summary>
    public (double X, double Y) ToFace(double x, double y)
    {
        var square = (A * A) + (B * B);
        var (dx, dy) = (x - X, y - Y);
        return (((A * dx) + (B * dy)) / square, ((A * dy) - (B * dx)) / square);
    }
}
