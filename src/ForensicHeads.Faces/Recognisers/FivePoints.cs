namespace ForensicHeads.Faces.Recognisers;

/// <summary>The similarity that brings a template's points nearest to those of a face, by least squares (Umeyama 1991, without
/// mirroring): <c>x = a·u − b·v + x0, y = b·u + a·v + y0</c>.</summary>
/// <param name="A">Scale times cosine.</param>
/// <param name="B">Scale times sine.</param>
/// <param name="X0">Source pixels.</param>
/// <param name="Y0">Source pixels.</param>
public readonly record struct FivePoints(double A, double B, double X0, double Y0)
{
    /// <summary>The usual five, as landmarks whose means they are: eyes, tip of the nose, corners of the mouth.</summary>
    internal static readonly (int First, int Last)[] Usual = [(36, 41), (42, 47), (30, 30), (48, 48), (54, 54)];

    /// <summary>Source pixels that make one of the template.</summary>
    public double Scale => Math.Sqrt((A * A) + (B * B));

    /// <summary>The usual five points of a face: the left eye in the picture, the other, the tip of the nose, the corners of the
    /// mouth.</summary>
    /// <param name="landmarks">In pixels; so are the points.</param>
    public static IReadOnlyList<(double X, double Y)> Of(Landmarks68 landmarks)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        return Array.ConvertAll(Usual, range => FaceAlignment.Mean(landmarks, range.First, range.Last));
    }

    /// <summary>Fits it.</summary>
    /// <param name="template">Where the points shall lie; at least two of them differ.</param>
    /// <param name="points">Where they are, as many.</param>
    public static FivePoints Fit(IReadOnlyList<(double X, double Y)> template, IReadOnlyList<(double X, double Y)> points)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(points);
        var (u, v) = (template.Average(at => at.X), template.Average(at => at.Y));
        var (x, y) = (points.Average(at => at.X), points.Average(at => at.Y));
        double a = 0, b = 0, size = 0;
        for (var i = 0; i < template.Count; i++)
        {
            var (du, dv, dx, dy) = (template[i].X - u, template[i].Y - v, points[i].X - x, points[i].Y - y);
            a += (du * dx) + (dv * dy);
            b += (du * dy) - (dv * dx);
            size += (du * du) + (dv * dv);
        }

        (a, b) = (a / size, b / size);
        return new FivePoints(a, b, x - (a * u) + (b * v), y - (b * u) - (a * v));
    }

    /// <summary>The face as a design wants it, float32[3 · side · side] in R G B 0…255, plane by plane. A larger face is reduced by the
    /// area filter, then read bilinearly; a smaller one is enlarged.</summary>
    /// <exception cref="UserErrorException">The landmarks span no face.</exception>
    internal static float[] Read(Shot face, RecogniserDesign design)
    {
        var (image, landmarks) = (face.Image, face.Landmarks);
        var reduce = (int)Math.Round(design.Reduction(landmarks));
        if (reduce > 1 && image.Width == image.Height && image.Width / reduce >= 1)
        {
            var small = face.Resize(image.Width / reduce);
            (image, landmarks) = (small.Image, small.Landmarks);
        }

        var fit = Fit(design.Template, design.Points(landmarks));
        if (!(fit.Scale > 1e-3)) throw new UserErrorException(
            "The landmarks of a frame span no face: its five points fall together. Leave the frame out.");
        var (side, plane) = (design.Side, design.Side * design.Side);
        var result = new float[3 * plane];
        Span<double> sum = stackalloc double[3];
        for (var v = 0; v < side; v++)
        {
            for (var u = 0; u < side; u++)
            {
                FaceAlignment.Sample(image, (fit.A * u) - (fit.B * v) + fit.X0, (fit.B * u) + (fit.A * v) + fit.Y0, sum);
                for (var c = 0; c < 3; c++) result[(c * plane) + (v * side) + u] = (float)sum[c];
            }
        }

        return result;
    }
}
