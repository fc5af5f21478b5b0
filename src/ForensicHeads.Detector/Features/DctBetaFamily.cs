using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>dct_beta</c>: for each of the 63 AC coefficients of the 8×8 orthonormal DCT-II of the grey picture, the Laplacian scale
/// β = σ/√2 over all whole blocks (Giudice et al. 2021, arXiv 2101.09781). σ divides by the number of blocks.
/// </summary>
/// <remarks>float32[63], grey levels, ≥ 0; row by row of the coefficient matrix (vertical frequency first), DC left out.</remarks>
public sealed class DctBetaFamily : IFeatureFamily
{
    private const int Block = 8;

    /// <summary>[u][x] = c(u)·cos(π(2x + 1)u/16) of the first four pixels.</summary>
    private static readonly double[] Basis = [.. Enumerable.Range(0, 32).Select(i => Wave(i % 4, i / 4))];

    /// <summary>The same as [x][u], even frequencies before odd ones.</summary>
    private static readonly double[] Across =
        [.. Enumerable.Range(0, 32).Select(i => Wave(i / Block, i % Block < 4 ? 2 * (i % Block) : (2 * (i % Block)) - 7))];

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
                Transform(ref work.Grey[(by * Block * size) + (bx * Block)], (nuint)size, ref work.Rows[0], ref work.Coefficients[0]);
                // Sums of differences to the first block: flat or repeating pictures give exactly 0 and nothing is lost to cancellation.
                if (by == 0 && bx == 0) work.Coefficients.CopyTo(work.First, 0);
                Accumulate(work);
            }
        }

        double count = blocks * blocks;
        for (var i = 1; i < 64; i++)
        {
            var at = (i / Block * Block) + Place(i % Block);
            var mean = work.Sum[at] / count;
            var variance = Math.Max(0, (work.SumOfSquares[at] / count) - (mean * mean));
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

    /// <summary>
    /// Columns first, then rows. The even frequencies are symmetric and the odd ones antisymmetric about the middle, so that sums and
    /// differences of mirrored pixels halve the products. Coefficients come out as [v][u = 0, 2, 4, 6, 1, 3, 5, 7].
    /// </summary>
    private static void Transform(ref double pixels, nuint stride, ref double rows, ref double coefficients)
    {
        ref var basis = ref MemoryMarshal.GetArrayDataReference(Basis);
        for (nuint half = 0; half < Block; half += 4)
        {
            var (p0, p7) = (Vector256.LoadUnsafe(ref pixels, half), Vector256.LoadUnsafe(ref pixels, (7 * stride) + half));
            var (p1, p6) = (Vector256.LoadUnsafe(ref pixels, stride + half), Vector256.LoadUnsafe(ref pixels, (6 * stride) + half));
            var (p2, p5) = (Vector256.LoadUnsafe(ref pixels, (2 * stride) + half), Vector256.LoadUnsafe(ref pixels, (5 * stride) + half));
            var (p3, p4) = (Vector256.LoadUnsafe(ref pixels, (3 * stride) + half), Vector256.LoadUnsafe(ref pixels, (4 * stride) + half));
            var (s0, s1, s2, s3) = (p0 + p7, p1 + p6, p2 + p5, p3 + p4);
            var (d0, d1, d2, d3) = (p0 - p7, p1 - p6, p2 - p5, p3 - p4);
            for (nuint v = 0; v < Block; v += 2)
            {
                // Four weights of an even frequency, four of the next, odd one.
                ref var even = ref Unsafe.Add(ref basis, v * 4);
                ref var odd = ref Unsafe.Add(ref even, 4);
                ((s0 * even) + (s1 * Unsafe.Add(ref even, 1)) + ((s2 * Unsafe.Add(ref even, 2)) + (s3 * Unsafe.Add(ref even, 3))))
                    .StoreUnsafe(ref rows, (v * Block) + half);
                ((d0 * odd) + (d1 * Unsafe.Add(ref odd, 1)) + ((d2 * Unsafe.Add(ref odd, 2)) + (d3 * Unsafe.Add(ref odd, 3))))
                    .StoreUnsafe(ref rows, (v * Block) + Block + half);
            }
        }

        ref var across = ref MemoryMarshal.GetArrayDataReference(Across);
        for (nuint v = 0; v < Block; v++)
        {
            ref var row = ref Unsafe.Add(ref rows, v * Block);
            var even = Vector256<double>.Zero;
            var odd = Vector256<double>.Zero;
            for (nuint k = 0; k < 4; k++)
            {
                var (left, right) = (Vector256.Create(Unsafe.Add(ref row, k)), Vector256.Create(Unsafe.Add(ref row, 7 - k)));
                even += (left + right) * Vector256.LoadUnsafe(ref across, k * Block);
                odd += (left - right) * Vector256.LoadUnsafe(ref across, (k * Block) + 4);
            }

            even.StoreUnsafe(ref coefficients, v * Block);
            odd.StoreUnsafe(ref coefficients, (v * Block) + 4);
        }
    }

    private static double Wave(int x, int u) =>
        Math.Sqrt((u == 0 ? 1.0 : 2.0) / Block) * Math.Cos(Math.PI * ((2 * x) + 1) * u / (2 * Block));

    /// <summary>Where frequency u stands among the even and then the odd ones.</summary>
    private static int Place(int u) => (u / 2) + (u % 2 * 4);

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
