namespace ForensicHeads.Media.Decode;

/// <summary>The red, green, blue and white of a colour space, and the matrices between such spaces (SMPTE RP 177; Bradford's adaptation
/// where the whites differ).</summary>
/// <param name="Red">Chromaticity x, y.</param>
/// <param name="Green">Chromaticity x, y.</param>
/// <param name="Blue">Chromaticity x, y.</param>
/// <param name="White">Chromaticity x, y.</param>
internal sealed record ColourPrimaries((double X, double Y) Red, (double X, double Y) Green, (double X, double Y) Blue,
    (double X, double Y) White)
{
    private static readonly (double, double) D65 = (0.3127, 0.3290);
    private static readonly (double, double) C = (0.310, 0.316);

    private static readonly double[] Bradford = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];

    internal static ColourPrimaries Bt709 { get; } = new((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65);

    internal static ColourPrimaries AdobeRgb { get; } = new((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65);

    /// <summary>By ffmpeg's name; null when it is none that is known.</summary>
    internal static ColourPrimaries? Of(string name) => name switch
    {
        "bt709" => Bt709,
        "bt2020" => new((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65),
        "bt470m" => new((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), C),
        "bt470bg" => new((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), D65),
        "smpte170m" or "smpte240m" => new((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
        "film" => new((0.681, 0.319), (0.243, 0.692), (0.145, 0.049), C),
        "smpte428" => new((1, 0), (0, 1), (0, 0), (1 / 3.0, 1 / 3.0)),
        "smpte431" => new((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
        "smpte432" => new((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), D65),
        "ebu3213" or "jedec-p22" => new((0.630, 0.340), (0.295, 0.605), (0.155, 0.077), D65),
        _ => null,
    };

    /// <summary>Linear light of this space to that of BT.709, nine values by rows.</summary>
    internal double[] ToBt709() => Product(Inverse(Bt709.ToXyz()), Product(Adaptation(White, Bt709.White), ToXyz()));

    /// <summary>The product of two matrices of nine values.</summary>
    internal static double[] Product(double[] left, double[] right)
    {
        var result = new double[9];
        for (var i = 0; i < 9; i++)
            for (var k = 0; k < 3; k++) result[i] += left[(i / 3 * 3) + k] * right[(3 * k) + (i % 3)];
        return result;
    }

    private double[] ToXyz()
    {
        double[] columns = [Red.X, Green.X, Blue.X, Red.Y, Green.Y, Blue.Y, 1 - Red.X - Red.Y, 1 - Green.X - Green.Y, 1 - Blue.X - Blue.Y];
        var scale = Times(Inverse(columns), Xyz(White));
        return [.. columns.Select((value, i) => value * scale[i % 3])];
    }

    private static double[] Adaptation((double X, double Y) from, (double X, double Y) to)
    {
        if (from == to) return [1, 0, 0, 0, 1, 0, 0, 0, 1];
        var (a, b) = (Times(Bradford, Xyz(from)), Times(Bradford, Xyz(to)));
        return Product(Inverse(Bradford), Product([b[0] / a[0], 0, 0, 0, b[1] / a[1], 0, 0, 0, b[2] / a[2]], Bradford));
    }

    private static double[] Xyz((double X, double Y) white) => [white.X / white.Y, 1, (1 - white.X - white.Y) / white.Y];

    private static double[] Times(double[] m, double[] v) =>
        [.. Enumerable.Range(0, 3).Select(i => (m[3 * i] * v[0]) + (m[(3 * i) + 1] * v[1]) + (m[(3 * i) + 2] * v[2]))];

    private static double[] Inverse(double[] m)
    {
        double Minor(int a, int b, int c, int d) => (m[a] * m[d]) - (m[b] * m[c]);
        var determinant = (m[0] * Minor(4, 5, 7, 8)) - (m[1] * Minor(3, 5, 6, 8)) + (m[2] * Minor(3, 4, 6, 7));
        double[] adjoint =
        [
            Minor(4, 5, 7, 8), -Minor(1, 2, 7, 8), Minor(1, 2, 4, 5),
            -Minor(3, 5, 6, 8), Minor(0, 2, 6, 8), -Minor(0, 2, 3, 5),
            Minor(3, 4, 6, 7), -Minor(0, 1, 6, 7), Minor(0, 1, 3, 4),
        ];
        return [.. adjoint.Select(value => value / determinant)];
    }
}
