using System.Numerics.Tensors;

namespace ForensicHeads.Detector.Features;

/// <summary>A plane at two coarse scales, and its residual there: what compression leaves of fine detail lies in the middle of the
/// spectrum.</summary>
/// <remarks>A picture is halved (means of 2×2 pixels, an odd last row or column left out) until its side is at most 128 pixels; that is the
/// first scale, half of it the second. The residual is the Laplacian [0 −1 0; −1 4 −1; 0 −1 0] on the valid region.</remarks>
internal static class ResidualScales
{
    /// <summary>Names of the scales in columns.</summary>
    public static IReadOnlyList<string> Names { get; } = ["128", "64"];

    private const int Largest = 128;

    /// <summary>Both residuals of a square plane: double[side × side] each, side − 2 of the halved plane; empty below three pixels.</summary>
    public static IReadOnlyList<(double[] Values, int Side)> Of(double[] plane, int side)
    {
        while (side > Largest) (plane, side) = Halved(plane, side);
        var (half, halfSide) = Halved(plane, side);
        return [Laplacian(plane, side), Laplacian(half, halfSide)];
    }

    /// <summary>One of R, G and B as it is: double[H × W].</summary>
    public static double[] Channel(RgbImage image, int channel)
    {
        var plane = new double[image.Width * image.Height];
        for (var i = 0; i < plane.Length; i++) plane[i] = image.Pixels[(3 * i) + channel];
        return plane;
    }

    private static (double[], int) Halved(double[] plane, int side)
    {
        var half = side / 2;
        var result = new double[half * half];
        for (var y = 0; y < half; y++)
        {
            for (var x = 0; x < half; x++)
            {
                var at = (2 * y * side) + (2 * x);
                result[(y * half) + x] = (plane[at] + plane[at + 1] + plane[at + side] + plane[at + side + 1]) / 4;
            }
        }

        return (result, half);
    }

    private static (double[], int) Laplacian(double[] plane, int side)
    {
        var inner = Math.Max(0, side - 2);
        var result = new double[inner * inner];
        for (var y = 0; y < inner; y++)
        {
            for (var x = 0; x < inner; x++)
            {
                var at = ((y + 1) * side) + x + 1;
                result[(y * inner) + x] = (4 * plane[at]) - plane[at - 1] - plane[at + 1] - plane[at - side] - plane[at + side];
            }
        }

        return (result, inner);
    }
}

/// <summary>
/// <c>residual_lags</c>: how alike the residual of green is to itself some pixels away, at two coarse scales: how a texture was interpolated
/// shows there after fine detail has gone.
/// </summary>
/// <remarks>float32[24]: at each scale of <see cref="ResidualScales"/>, for twelve shifts (down, right) the mean of L(p)·L(p + shift) over
/// the mean of L² + 10⁻⁶; 0 where the picture is too small for the shift.</remarks>
public sealed class ResidualLagsFamily : IFeatureFamily
{
    private const int Green = 1;
    private const double Floor = 1e-6;

    private static readonly (int Down, int Right)[] Shifts =
        [(0, 1), (1, 0), (1, 1), (1, -1), (0, 2), (2, 0), (0, 3), (3, 0), (0, 4), (4, 0), (0, 8), (8, 0)];

    private static readonly string[] Columns =
    [
        .. ResidualScales.Names.SelectMany(scale =>
            Shifts.Select(shift => FormattableString.Invariant($"{scale}_down_{shift.Down}_right_{shift.Right}"))),
    ];

    /// <inheritdoc/>
    public string Name => "residual_lags";

    /// <inheritdoc/>
    public int Length(int size) => Columns.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) => Columns;

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var next = 0;
        foreach (var (residual, side) in ResidualScales.Of(ResidualScales.Channel(image, Green), image.Width))
        {
            var power = residual.Length == 0 ? 0 : TensorPrimitives.SumOfSquares<double>(residual) / residual.Length;
            foreach (var (down, right) in Shifts) features[next++] = (float)(Mean(residual, side, down, right) / (power + Floor));
        }
    }

    private static double Mean(double[] residual, int side, int down, int right)
    {
        var (rows, columns) = (side - down, side - Math.Abs(right));
        if (rows <= 0 || columns <= 0) return 0;
        var (from, to) = (Math.Max(0, -right), Math.Max(0, right));
        var sum = 0.0;
        for (var y = 0; y < rows; y++)
        {
            sum += TensorPrimitives.Dot<double>(residual.AsSpan((y * side) + from, columns),
                residual.AsSpan(((y + down) * side) + to, columns));
        }

        return sum / (rows * columns);
    }
}

/// <summary>
/// <c>chroma_detail</c>: how much detail colour has beside grey, at two coarse scales. Cameras and codecs keep less of it than many
/// generators draw.
/// </summary>
/// <remarks>float32[4]: at each scale of <see cref="ResidualScales"/> the difference of e(B − Y), then of e(R − Y), from e(Y), where
/// e = ½ ln(mean of L² + 0.01) and Y is grey; 0 where the picture is too small.</remarks>
public sealed class ChromaDetailFamily : IFeatureFamily
{
    private const int Red = 0;
    private const int Blue = 2;
    private const double Floor = 0.01;

    private static readonly string[] Columns = [.. ResidualScales.Names.SelectMany(scale => new[] { scale + "_blue", scale + "_red" })];

    /// <inheritdoc/>
    public string Name => "chroma_detail";

    /// <inheritdoc/>
    public int Length(int size) => Columns.Length;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) => Columns;

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var grey = new double[image.Width * image.Height];
        GreyPlane.Fill(image, grey);
        var (luma, blue, red) = (Energies(grey), Energies(Minus(Blue)), Energies(Minus(Red)));
        for (var scale = 0; scale < luma.Length; scale++)
        {
            features[2 * scale] = (float)(blue[scale] - luma[scale]);
            features[(2 * scale) + 1] = (float)(red[scale] - luma[scale]);
        }

        double[] Minus(int channel)
        {
            var plane = ResidualScales.Channel(image, channel);
            TensorPrimitives.Subtract<double>(plane, grey, plane);
            return plane;
        }

        double[] Energies(double[] plane) => [.. ResidualScales.Of(plane, image.Width).Select(scale =>
            0.5 * Math.Log((scale.Values.Length == 0 ? 0 : TensorPrimitives.SumOfSquares<double>(scale.Values) / scale.Values.Length) + Floor))];
    }
}
