using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector.Features;

/// <summary>
/// <c>srm</c>: residuals of the grey picture by three of the rich model's kernels (Fridrich and Kodovský 2012, doi
/// 10.1109/TIFS.2012.2190402), rounded by floor(x + 0.5) and clipped to ±3; of each the histogram, and the co-occurrence of horizontal and
/// of vertical neighbours clipped to ±2. Kernels: <c>kb</c> = [−1 2 −1; 2 −4 2; −1 2 −1]/4, <c>kv</c> = [−1 2 −2 2 −1; 2 −6 8 −6 2; −2 8
/// −12 8 −2; …]/12 (symmetric), <c>h2</c> = [1 −2 1]/2.
/// </summary>
/// <remarks>
/// float32[171], kernel by kernel: 7 shares of the values −3 … 3, 25 of the pairs (left, right), 25 of (above, below); each group sums to
/// 1. Only where the whole kernel lies in the picture. Grey is taken in whole thousandths of a level, so that rounding is exact, ties
/// included.
/// </remarks>
public sealed class SrmFamily : IFeatureFamily
{
    private const int Clip = 3;
    private const int PairClip = 2;
    private const int Symbols = (2 * Clip) + 1;
    private const int PairSymbols = (2 * PairClip) + 1;
    private const int PerKernel = Symbols + (2 * PairSymbols * PairSymbols);
    private const int Table = Symbols * Symbols;
    private const int Lanes = 8;

    // Width, height and divisor (times the thousand of the grey plane) of each kernel.
    private static readonly (string Name, int Width, int Height, int Divisor)[] Kernels =
        [("kb", 3, 3, 4000), ("kv", 5, 5, 12000), ("h2", 3, 1, 2000)];

    [ThreadStatic]
    private static Scratch? scratch;

    /// <inheritdoc/>
    public string Name => "srm";

    /// <inheritdoc/>
    public int Length(int size) => Kernels.Length * PerKernel;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames(int size)
    {
        var names = new List<string>();
        foreach (var kernel in Kernels)
        {
            names.AddRange(Enumerable.Range(-Clip, Symbols)
                .Select(value => FormattableString.Invariant($"{kernel.Name}_value_{value:+0;-0;0}")));
            foreach (var direction in new[] { "right", "below" })
            {
                for (var a = -PairClip; a <= PairClip; a++)
                    for (var b = -PairClip; b <= PairClip; b++)
                        names.Add(FormattableString.Invariant($"{kernel.Name}_{direction}_{a:+0;-0;0}_{b:+0;-0;0}"));
            }
        }

        return names;
    }

    /// <inheritdoc/>
    public void Compute(RgbImage image, Span<float> features)
    {
        GreyPlane.Check(this, image, features);
        var size = image.Width;
        if (scratch is null || scratch.Size != size) scratch = new Scratch(size);
        var work = scratch;
        GreyPlane.FillThousandths(image, work.Grey);
        for (var kernel = 0; kernel < Kernels.Length; kernel++)
        {
            Count(work, kernel);
            Describe(work, kernel, features.Slice(kernel * PerKernel, PerKernel));
        }
    }

    private static void Count(Scratch work, int kernel)
    {
        var (_, kernelWidth, kernelHeight, divisor) = Kernels[kernel];
        var (width, height) = (work.Size - kernelWidth + 1, work.Size - kernelHeight + 1);
        Array.Clear(work.Last);
        Array.Clear(work.Right);
        Array.Clear(work.Below);
        for (var y = 0; y < height; y++)
        {
            var (row, above) = (work.Rows[y % 2], work.Rows[(y + 1) % 2]);
            ref var grey = ref MemoryMarshal.GetReference(work.Grey.AsSpan(y * work.Size));
            // Whole registers to the end of the row: what runs over is never counted.
            for (var x = 0; x < width; x += Lanes)
            {
                var sum = kernel switch { 0 => Kb(ref grey, x, work.Size), 1 => Kv(ref grey, x, work.Size), _ => H2(ref grey, x) };
                Symbol(sum, divisor).CopyTo(row, x);
            }

            work.Last[row[width - 1]]++;
            CountPairs(row, row.AsSpan(1), width - 1, work.Right);
            if (y > 0) CountPairs(above, row, width, work.Below);
        }
    }

    /// <summary>Counts in four tables by turns: an increment need not wait for the one before, which in smooth places goes to the same
    /// cell.</summary>
    private static void CountPairs(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int pairs, Span<int> tables)
    {
        var a = first[..pairs];
        var b = second[..pairs];
        var table0 = tables[..Table];
        var table1 = tables.Slice(Table, Table);
        var table2 = tables.Slice(2 * Table, Table);
        var table3 = tables.Slice(3 * Table, Table);
        var x = 0;
        for (; x + 3 < pairs; x += 4)
        {
            table0[(a[x] * Symbols) + b[x]]++;
            table1[(a[x + 1] * Symbols) + b[x + 1]]++;
            table2[(a[x + 2] * Symbols) + b[x + 2]]++;
            table3[(a[x + 3] * Symbols) + b[x + 3]]++;
        }

        for (; x < pairs; x++) table0[(a[x] * Symbols) + b[x]]++;
    }

    /// <summary>Clip(floor(sum/divisor + 0.5)) + 3 as the number of thresholds reached: value ≥ k where sum ≥ (2k − 1)·divisor/2.</summary>
    private static Vector256<int> Symbol(Vector256<int> sum, int divisor)
    {
        var symbol = Vector256<int>.Zero;
        for (var k = 1 - Clip; k <= Clip; k++) symbol -= Vector256.GreaterThanOrEqual(sum, Vector256.Create(((2 * k) - 1) * (divisor / 2)));
        return symbol;
    }

    private static Vector256<int> H2(ref int grey, int at) => At(ref grey, at) - (At(ref grey, at + 1) << 1) + At(ref grey, at + 2);

    private static Vector256<int> Kb(ref int grey, int at, int size) =>
        (H2(ref grey, at + size) << 1) - H2(ref grey, at) - H2(ref grey, at + (2 * size));

    /// <summary>Rows one and five, two and four, and three share their weights; so do the columns.</summary>
    private static Vector256<int> Kv(ref int grey, int at, int size)
    {
        var (outer0, outer1, outer2) = Pair(ref grey, at, 4, size);
        var (inner0, inner1, inner2) = Pair(ref grey, at + 1, 2, size);
        var (centre0, centre1, centre2) = Rows(ref grey, at + 2, size);
        return (inner0 << 1) - outer0 - (centre0 << 1)
            + (outer1 << 1) - (inner1 * 6) + (centre1 << 3)
            - (outer2 << 1) + (inner2 << 3) - (centre2 * 12);
    }

    private static (Vector256<int> Outer, Vector256<int> Inner, Vector256<int> Centre) Pair(ref int grey, int at, int apart, int size)
    {
        var (a0, a1, a2) = Rows(ref grey, at, size);
        var (b0, b1, b2) = Rows(ref grey, at + apart, size);
        return (a0 + b0, a1 + b1, a2 + b2);
    }

    private static (Vector256<int> Outer, Vector256<int> Inner, Vector256<int> Centre) Rows(ref int grey, int at, int size) => (
        At(ref grey, at) + At(ref grey, at + (4 * size)),
        At(ref grey, at + size) + At(ref grey, at + (3 * size)),
        At(ref grey, at + (2 * size)));

    private static Vector256<int> At(ref int grey, int at) => Vector256.LoadUnsafe(ref grey, (nuint)at);

    private static void Describe(Scratch work, int kernel, Span<float> output)
    {
        var (_, kernelWidth, kernelHeight, _) = Kernels[kernel];
        for (var i = 0; i < Table; i++)
        {
            for (var turn = 1; turn < 4; turn++)
            {
                work.Right[i] += work.Right[(turn * Table) + i];
                work.Below[i] += work.Below[(turn * Table) + i];
            }
        }

        double width = work.Size - kernelWidth + 1, height = work.Size - kernelHeight + 1;
        for (var a = 0; a < Symbols; a++)
        {
            // Every symbol but a row's last is the left one of a pair.
            var count = work.Last[a];
            for (var b = 0; b < Symbols; b++) count += work.Right[(a * Symbols) + b];
            output[a] = (float)(count / (width * height));
        }

        Pairs(work.Right, (width - 1) * height, output.Slice(Symbols, PairSymbols * PairSymbols));
        Pairs(work.Below, width * (height - 1), output[(Symbols + (PairSymbols * PairSymbols))..]);
    }

    private static void Pairs(ReadOnlySpan<int> counts, double total, Span<float> output)
    {
        Span<int> merged = stackalloc int[PairSymbols * PairSymbols];
        merged.Clear();
        for (var a = 0; a < Symbols; a++)
            for (var b = 0; b < Symbols; b++)
                merged[(Narrow(a) * PairSymbols) + Narrow(b)] += counts[(a * Symbols) + b];
        for (var i = 0; i < merged.Length; i++) output[i] = (float)(merged[i] / total);
    }

    private static int Narrow(int symbol) => Math.Clamp(symbol - Clip, -PairClip, PairClip) + PairClip;

    private sealed class Scratch(int size)
    {
        public int Size { get; } = size;

        public int[] Grey { get; } = new int[(size * size) + (2 * Lanes)];

        public int[][] Rows { get; } = [new int[size + Lanes], new int[size + Lanes]];

        public int[] Last { get; } = new int[Symbols];

        public int[] Right { get; } = new int[4 * Table];

        public int[] Below { get; } = new int[4 * Table];
    }
}
