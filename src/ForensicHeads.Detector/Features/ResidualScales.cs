using System.Numerics.Tensors;

namespace ForensicHeads.Detector.Features;

/// <summary>A plane at two coarse scales, and its residual there: what compression leaves of fine detail lies in the middle of the
/// spectrum.</summary>
/// <remarks>A picture is halved (means of 2×2 pixels, an odd last row or column left out) until its side is at most 128 pixels; that is the
/// first scale, half of it the second. The residual is the Laplacian [0 −1 0; −1 4 −1; 0 −1 0] on the valid region.</remarks>
internal sealed class ResidualScales
{
    /// <summary>Names of the scales in columns.</summary>
    public static IReadOnlyList<string> Names { get; } = ["128", "64"];

    private const int Largest = 128;

    [ThreadStatic]
    private static ResidualScales? own;

    private double[] plane = [];
    private double[] residual = [];
    private int side;
    private bool atFirst;

    /// <summary>This thread's scratch.</summary>
    public static ResidualScales OfThread => own ??= new ResidualScales();

    /// <summary>Where a square plane is to be written, double[side × side]; the scales are then <see cref="Next"/> and <see cref="Next"/>
    /// again.</summary>
    public Span<double> Plane(int width)
    {
        if (plane.Length < width * width) plane = new double[width * width];
        (side, atFirst) = (width, true);
        return plane.AsSpan(0, width * width);
    }

    /// <summary>The residual of the next scale, double[inner × inner]; empty where the plane is too small.</summary>
    public ReadOnlySpan<double> Next(out int inner)
    {
        if (!atFirst) Halve();
        while (side > Largest) Halve();
        atFirst = false;
        inner = Math.Max(0, side - 2);
        if (residual.Length < inner * inner) residual = new double[inner * inner];
        for (var y = 0; y < inner; y++)
        {
            for (var x = 0; x < inner; x++)
            {
                var at = ((y + 1) * side) + x + 1;
                residual[(y * inner) + x] = (4 * plane[at]) - plane[at - 1] - plane[at + 1] - plane[at - side] - plane[at + side];
            }
        }

        return residual.AsSpan(0, inner * inner);
    }

    // In place: what is written lies before all that is still to be read.
    private void Halve()
    {
        var half = side / 2;
        for (var y = 0; y < half; y++)
        {
            for (var x = 0; x < half; x++)
            {
                var at = (2 * y * side) + (2 * x);
                plane[(y * half) + x] = (plane[at] + plane[at + 1] + plane[at + side] + plane[at + side + 1]) / 4;
            }
        }

        side = half;
    }
}

/// <summary>
/// <c>residual_lags</c>: how alike the residual of green is to itself some pixels away, at two coarse scales. How a texture was
/// interpolated shows there after fine detail has gone.
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
    public IReadOnlyList<string> ColumnNames(int size) => Columns;

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var scales = ResidualScales.OfThread;
        var plane = scales.Plane(image.Width);
        for (var i = 0; i < plane.Length; i++) plane[i] = image.Pixels[(3 * i) + Green];
        var next = 0;
        for (var scale = 0; scale < ResidualScales.Names.Count; scale++)
        {
            var residual = scales.Next(out var side);
            var power = residual.Length == 0 ? 0 : TensorPrimitives.SumOfSquares(residual) / residual.Length;
            foreach (var (down, right) in Shifts) features[next++] = (float)(Mean(residual, side, down, right) / (power + Floor));
        }
    }

    private static double Mean(ReadOnlySpan<double> residual, int side, int down, int right)
    {
        var (rows, columns) = (side - down, side - Math.Abs(right));
        if (rows <= 0 || columns <= 0) return 0;
        var (from, to) = (Math.Max(0, -right), Math.Max(0, right));
        var sum = 0.0;
        for (var y = 0; y < rows; y++)
        {
            sum += TensorPrimitives.Dot(residual.Slice((y * side) + from, columns), residual.Slice(((y + down) * side) + to, columns));
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
    private const double Floor = 0.01;

    // Blue, then red, and their columns at a scale.
    private static readonly (int Channel, int Column)[] Planes = [(2, 0), (0, 1)];

    private static readonly string[] Columns = [.. ResidualScales.Names.SelectMany(scale => new[] { scale + "_blue", scale + "_red" })];

    /// <inheritdoc/>
    public string Name => "chroma_detail";

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) => Columns;

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        Span<double> luma = stackalloc double[ResidualScales.Names.Count];
        Span<double> colour = stackalloc double[luma.Length];
        Energies(image, null, luma);
        foreach (var (channel, offset) in Planes)
        {
            Energies(image, channel, colour);
            for (var scale = 0; scale < luma.Length; scale++) features[(2 * scale) + offset] = (float)(colour[scale] - luma[scale]);
        }
    }

    // Of grey, or of a channel less grey.
    private static void Energies(RgbImage image, int? channel, Span<double> energies)
    {
        var scales = ResidualScales.OfThread;
        var plane = scales.Plane(image.Width);
        GreyPlane.Fill(image, plane);
        if (channel is { } one)
            for (var i = 0; i < plane.Length; i++) plane[i] = image.Pixels[(3 * i) + one] - plane[i];
        for (var scale = 0; scale < energies.Length; scale++)
        {
            var residual = scales.Next(out _);
            energies[scale] =
                0.5 * Math.Log((residual.Length == 0 ? 0 : TensorPrimitives.SumOfSquares(residual) / residual.Length) + Floor);
        }
    }
}
