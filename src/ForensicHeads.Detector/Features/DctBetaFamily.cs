using System.Runtime.Intrinsics;
using ForensicHeads.Foundation;

namespace ForensicHeads.Detector;

/// <summary>
/// <c>dct_beta</c>: for each of the 63 AC coefficients of the 8×8 orthonormal DCT-II of the grey picture, the Laplacian scale
/// β = σ/√2 over all whole blocks (Giudice et al. 2021, arXiv 2101.09781). σ divides by the number of blocks.
/// </summary>
/// <remarks>float32[63], grey levels, ≥ 0; row by row of the coefficient matrix (vertical frequency first), DC left out.</remarks>
public sealed class DctBetaFamily : IFeatureFamily
{
    private const int Block = 8;

    /// <summary>[x][u] = c(u)·cos(π(2x + 1)u/16): the basis with the frequency running fastest.</summary>
    private static readonly double[] Basis = CreateBasis();

    [ThreadStatic]
    private static Scratch? scratch;

    /// <inheritdoc/>
    public string Name => "dct_beta";

    /// <inheritdoc/>
    public int Length(int size) => 63;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size) => [.. Enumerable.Range(1, 63).Select(i => $"v{i / Block}_u{i % Block}")];

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var size = image.Width;
        if (scratch is null || scratch.Size != size) scratch = new Scratch(size);
        var work = scratch;
        GreyPlane.Fill(image, work.Grey);
        Array.Clear(work.Sum);
        Array.Clear(work.SumOfSquares);
        var blocks = size / Block;
        for (var by = 0; by < blocks; by++)
        {
            for (var bx = 0; bx < blocks; bx++)
            {
                Transform(work.Grey.AsSpan((by * Block * size) + (bx * Block)), size, work.Rows, work.Coefficients);
                // Sums of differences to the first block: flat or repeating pictures give exactly 0 and nothing is lost to cancellation.
                if (by == 0 && bx == 0) work.Coefficients.CopyTo(work.First, 0);
                Accumulate(work);
            }
        }

        double count = blocks * blocks;
        for (var i = 1; i < 64; i++)
        {
            var mean = work.Sum[i] / count;
            var variance = Math.Max(0, (work.SumOfSquares[i] / count) - (mean * mean));
            features[i - 1] = (float)Math.Sqrt(variance / 2);
        }
    }

    private static void Accumulate(Scratch work)
    {
        for (var i = 0; i < 64; i += 4)
        {
            var d = Vector256.Create<double>(work.Coefficients.AsSpan(i)) - Vector256.Create<double>(work.First.AsSpan(i));
            (Vector256.Create<double>(work.Sum.AsSpan(i)) + d).CopyTo(work.Sum.AsSpan(i));
            (Vector256.Create<double>(work.SumOfSquares.AsSpan(i)) + (d * d)).CopyTo(work.SumOfSquares.AsSpan(i));
        }
    }

    /// <summary>Rows first, then columns; eight frequencies fill two registers and every pixel is broadcast.</summary>
    private static void Transform(ReadOnlySpan<double> pixels, int stride, double[] rows, double[] coefficients)
    {
        var basis = Basis.AsSpan();
        for (var y = 0; y < Block; y++)
        {
            var line = pixels.Slice(y * stride, Block);
            var low = Vector256<double>.Zero;
            var high = Vector256<double>.Zero;
            for (var x = 0; x < Block; x++)
            {
                var value = Vector256.Create(line[x]);
                low += value * Vector256.Create<double>(basis[(x * Block)..]);
                high += value * Vector256.Create<double>(basis[((x * Block) + 4)..]);
            }

            low.CopyTo(rows, y * Block);
            high.CopyTo(rows, (y * Block) + 4);
        }

        for (var v = 0; v < Block; v++)
        {
            var low = Vector256<double>.Zero;
            var high = Vector256<double>.Zero;
            for (var y = 0; y < Block; y++)
            {
                var weight = Vector256.Create(basis[(y * Block) + v]);
                low += weight * Vector256.Create<double>(rows.AsSpan(y * Block));
                high += weight * Vector256.Create<double>(rows.AsSpan((y * Block) + 4));
            }

            low.CopyTo(coefficients, v * Block);
            high.CopyTo(coefficients, (v * Block) + 4);
        }
    }

    private static double[] CreateBasis()
    {
        var basis = new double[Block * Block];
        for (var x = 0; x < Block; x++)
            for (var u = 0; u < Block; u++)
                basis[(x * Block) + u] = Math.Sqrt((u == 0 ? 1.0 : 2.0) / Block) * Math.Cos(Math.PI * ((2 * x) + 1) * u / (2 * Block));
        return basis;
    }

    private sealed class Scratch(int size)
    {
        public int Size { get; } = size;

        public double[] Grey { get; } = new double[size * size];

        public double[] Rows { get; } = new double[64];

        public double[] Coefficients { get; } = new double[64];

        public double[] First { get; } = new double[64];

        public double[] Sum { get; } = new double[64];

        public double[] SumOfSquares { get; } = new double[64];
    }
}
