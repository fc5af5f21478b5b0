namespace ForensicHeads.Generator.Driving;

/// <summary>
/// Finds the placement under which a face of known shape comes nearest to landmarks: weighted least squares over the points that do not
/// move with speech, by Gauss-Newton steps from a frontal start (orthographic pose from points, as in DeMenthon and Davis, 1995).
/// </summary>
internal static class PlacementFit
{
    private const int Unknowns = 6;
    private const int Steps = 12;
    private const double LeastScale = 1e-3;
    private const double MostYaw = 1.2;
    private const double MostPitch = 0.7;

    // In units of squared face heights: without it, a few noisy points would turn a frontal face.
    private const double Calm = 0.005;

    /// <param name="shape">The face: x0, y0, x1, y1 …, y down, in face units.</param>
    /// <param name="depth">z of the 68 points, towards the viewer.</param>
    /// <param name="landmarks">What is seen, pixels.</param>
    public static FacePlacement Find(float[] shape, float[] depth, Landmarks68 landmarks)
    {
        var at = Flat(shape, landmarks);
        for (var step = 0; step < Steps; step++)
        {
            var matrix = new double[Unknowns, Unknowns + 1];
            for (var i = 0; i < Landmarks68.Count; i++)
            {
                var weight = FacePoints.Rigidity(i);
                if (weight > 0) Add(matrix, at, weight, (shape[2 * i], shape[(2 * i) + 1], depth[i]), landmarks[i]);
            }

            // The prior holds the angles; it is scaled as the residuals are, by the square of the picture's unit.
            var prior = Calm * at.Scale * at.Scale;
            (matrix[0, 0], matrix[0, Unknowns]) = (matrix[0, 0] + prior, matrix[0, Unknowns] - (prior * at.Yaw));
            (matrix[1, 1], matrix[1, Unknowns]) = (matrix[1, 1] + prior, matrix[1, Unknowns] - (prior * at.Pitch));
            var move = Solve(matrix);
            var next = new FacePlacement(
                Math.Clamp(at.Yaw + move[0], -MostYaw, MostYaw), Math.Clamp(at.Pitch + move[1], -MostPitch, MostPitch), at.A + move[2],
                    at.B + move[3], at.X + move[4], at.Y + move[5]);
            // Points without any shape shrink the face to nothing, from where no step leads back.
            if (!(next.Scale > LeastScale)) break;
            at = next;
        }

        return at;
    }

    /// <summary>The best placement without any turn, a similarity: a closed form (ordinary Procrustes analysis in the plane).</summary>
    public static FacePlacement Flat(float[] shape, Landmarks68 landmarks)
    {
        double w = 0, sx = 0, sy = 0, lx = 0, ly = 0;
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var weight = FacePoints.Rigidity(i);
            (w, sx, sy) = (w + weight, sx + (weight * shape[2 * i]), sy + (weight * shape[(2 * i) + 1]));
            (lx, ly) = (lx + (weight * landmarks[i].X), ly + (weight * landmarks[i].Y));
        }

        (sx, sy, lx, ly) = (sx / w, sy / w, lx / w, ly / w);
        double a = 0, b = 0, square = 0;
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var weight = FacePoints.Rigidity(i);
            var (px, py, qx, qy) = (shape[2 * i] - sx, shape[(2 * i) + 1] - sy, landmarks[i].X - lx, landmarks[i].Y - ly);
            a += weight * ((px * qx) + (py * qy));
            b += weight * ((px * qy) - (py * qx));
            square += weight * ((px * px) + (py * py));
        }

        (a, b) = (a / square, b / square);
        // Landmarks that all lie in one point have no size; one pixel keeps the steps finite.
        if ((a * a) + (b * b) < 1) (a, b) = (1, 0);
        return new FacePlacement(0, 0, a, b, lx - (a * sx) + (b * sy), ly - (b * sx) - (a * sy));
    }

    private static void Add(double[,] matrix, FacePlacement at, double weight, (double X, double Y, double Z) point,
        (float X, float Y) seen)
    {
        var (u, v) = at.Turn(point.X, point.Y, point.Z);
        var (x, y) = at.ToPicture(u, v);
        var (sin, cos) = Math.SinCos(at.Yaw);
        var (sinPitch, cosPitch) = Math.SinCos(at.Pitch);
        var depth = (point.Z * cos) - (point.X * sin);
        var (uYaw, vYaw) = (depth, ((point.Z * sin) + (point.X * cos)) * sinPitch);
        var vPitch = (-point.Y * sinPitch) - (depth * cosPitch);
        Span<double> rowX = [(at.A * uYaw) - (at.B * vYaw), -at.B * vPitch, u, -v, 1, 0];
        Span<double> rowY = [(at.B * uYaw) + (at.A * vYaw), at.A * vPitch, v, u, 0, 1];
        Accumulate(matrix, weight, rowX, seen.X - x);
        Accumulate(matrix, weight, rowY, seen.Y - y);
    }

    private static void Accumulate(double[,] matrix, double weight, ReadOnlySpan<double> row, double residual)
    {
        for (var i = 0; i < Unknowns; i++)
        {
            for (var j = 0; j < Unknowns; j++) matrix[i, j] += weight * row[i] * row[j];
            matrix[i, Unknowns] += weight * row[i] * residual;
        }
    }

    // Gauss-Jordan elimination with pivots; the matrix is symmetric and, by the prior, regular.
    private static double[] Solve(double[,] matrix)
    {
        for (var column = 0; column < Unknowns; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < Unknowns; row++) if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column])) pivot =
                row;
            if (Math.Abs(matrix[pivot, column]) < 1e-12) return new double[Unknowns];
            for (var k = 0; k <= Unknowns; k++) (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            for (var row = 0; row < Unknowns; row++)
            {
                if (row == column) continue;
                var factor = matrix[row, column] / matrix[column, column];
                for (var k = column; k <= Unknowns; k++) matrix[row, k] -= factor * matrix[column, k];
            }
        }

        var result = new double[Unknowns];
        for (var i = 0; i < Unknowns; i++) result[i] = matrix[i, Unknowns] / matrix[i, i];
        return result;
    }
}

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
