namespace ForensicHeads.Detector.Features;

/// <summary>How a head stands in a picture: a scaled orthographic view of the points that no expression moves.</summary>
/// <param name="YawDegrees">Turn about the vertical axis; positive moves the nose to the right of the picture.</param>
/// <param name="PitchDegrees">Turn about the horizontal axis; positive moves the nose up.</param>
/// <param name="RollDegrees">Turn in the picture; positive lowers the eye on the right.</param>
/// <param name="Scale">Pixels per outer-eye distance of the head seen from the front.</param>
/// <param name="CentreX">Mean column of the rigid points, pixels.</param>
/// <param name="CentreY">Mean row of the rigid points, pixels.</param>
internal readonly record struct HeadPose(double YawDegrees, double PitchDegrees, double RollDegrees, double Scale, double CentreX,
    double CentreY)
{
    /// <summary>
    /// Eye corners, nasion, tip of the nose and base of the nose (iBUG index; x right, y down, z towards the viewer) in outer-eye
    /// distances: rounded average proportions of adults. A person's own differ, which shifts the angles by a constant and their changes
    /// hardly.
    /// </summary>
    private static readonly (int Index, double X, double Y, double Z)[] Rigid =
    [
        (36, -0.50, 0.00, 0.00), (39, -0.18, 0.01, 0.07), (42, 0.18, 0.01, 0.07), (45, 0.50, 0.00, 0.00), (27, 0.00, -0.02, 0.20),
            (30, 0.00, 0.45, 0.48),
        (33, 0.00, 0.60, 0.27),
    ];

    /// <summary>float64[3][7]: the pseudo-inverse of the centred model, so that a · model is the least-squares fit of seven
    /// coordinates.</summary>
    private static readonly double[][] Fit = CreateFit();

    /// <summary>Fits a face: rows a and b of (u, v) = (a, b) · model + centre by least squares, then lengths and angles of a and
    /// b.</summary>
    /// <returns>Null where the points have collapsed to a line or a point (less than a thousandth of a pixel wide or high).</returns>
    public static HeadPose? Of(Landmarks68 face)
    {
        double centreX = 0, centreY = 0;
        foreach (var point in Rigid)
        {
            centreX += (double)face[point.Index].X / Rigid.Length;
            centreY += (double)face[point.Index].Y / Rigid.Length;
        }

        Span<double> a = stackalloc double[3];
        Span<double> b = stackalloc double[3];
        for (var axis = 0; axis < 3; axis++)
        {
            (a[axis], b[axis]) = (0, 0);
            for (var k = 0; k < Rigid.Length; k++)
            {
                var (x, y) = face[Rigid[k].Index];
                a[axis] += Fit[axis][k] * (x - centreX);
                b[axis] += Fit[axis][k] * (y - centreY);
            }
        }

        var (width, height) = (Norm(a), Norm(b));
        if (!(width > 1e-3) || !(height > 1e-3)) return null;
        const double Degrees = 180 / Math.PI;
        return new HeadPose(
            Math.Asin(a[2] / width) * Degrees,
            -Math.Asin(b[2] / height) * Degrees,
            Math.Atan2(b[0], a[0]) * Degrees,
            (width + height) / 2,
            centreX,
            centreY);
    }

    private static double Norm(ReadOnlySpan<double> v) => Math.Sqrt((v[0] * v[0]) + (v[1] * v[1]) + (v[2] * v[2]));

    private static double[][] CreateFit()
    {
        var mean = (X: Rigid.Average(p => p.X), Y: Rigid.Average(p => p.Y), Z: Rigid.Average(p => p.Z));
        var rows = Rigid.Select(p => new[] { p.X - mean.X, p.Y - mean.Y, p.Z - mean.Z }).ToArray();
        var normal = new double[3][];
        for (var i = 0; i < 3; i++) normal[i] = [.. Enumerable.Range(0, 3).Select(j => rows.Sum(row => row[i] * row[j]))];
        // The inverse of a symmetric 3×3 matrix by its cofactors.
        double Cofactor(int i, int j)
        {
            var (r1, r2, c1, c2) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
            return (normal[r1][c1] * normal[r2][c2]) - (normal[r1][c2] * normal[r2][c1]);
        }

        var determinant = Enumerable.Range(0, 3).Sum(j => normal[0][j] * Cofactor(0, j));
        return [.. Enumerable.Range(0, 3)
            .Select(i => rows.Select(row => Enumerable.Range(0, 3).Sum(j => Cofactor(j, i) * row[j]) / determinant).ToArray())];
    }
}
