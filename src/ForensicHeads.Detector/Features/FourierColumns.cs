using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector.Features;

/// <summary>Discrete Fourier transforms of eight columns at once: <c>F(k) = Σ f(y)·exp(−2πi·k·y/n)</c>, no scaling.</summary>
/// <remarks>
/// Data are float64[n][8] real and imaginary parts, in place; input row y stands at <see cref="Place"/>(y), output row k at k. Eight
/// neighbouring columns fill the vector registers without any shuffling and, up to n = 256, stay in the first-level cache. Powers of two:
/// radix 4 in bit-reversed order, after one pass of radix 2 where log2 n is odd (Cooley and Tukey 1965); other lengths: Bluestein 1970.
/// Double precision, since the spectrum's definition adds 1e-8 to magnitudes beside a DC of up to 1e7. An instance owns scratch memory and
/// belongs to one thread.
/// </remarks>
internal sealed class FourierColumns
{
    /// <summary>Columns transformed together.</summary>
    public const int Lanes = 8;

    private readonly int n;
    private readonly int[] reversed;
    private readonly double[] cosine;
    private readonly double[] sine;
    private readonly Bluestein? bluestein;

    public FourierColumns(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        this.n = n;
        reversed = [];
        cosine = [];
        sine = [];
        if (!BitOperations.IsPow2(n))
        {
            bluestein = new Bluestein(n);
            return;
        }

        var bits = BitOperations.Log2((uint)n);
        reversed = new int[n];
        for (var i = 1; i < n; i++) reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
        cosine = new double[n];
        sine = new double[n];
        for (var i = 0; i < n; i++) (sine[i], cosine[i]) = Math.SinCos(-2 * Math.PI * i / n);
    }

    /// <summary>The row at which input row <paramref name="y"/> must be put before <see cref="Forward"/>.</summary>
    public int Place(int y) => bluestein is null ? reversed[y] : y;

    /// <summary>Transforms <paramref name="re"/> + i·<paramref name="im"/>, float64[n × 8] each, in place.</summary>
    public void Forward(Span<double> re, Span<double> im)
    {
        if (bluestein is not null)
        {
            bluestein.Forward(re, im);
            return;
        }

        ref var real = ref MemoryMarshal.GetReference(re[..(n * Lanes)]);
        ref var imaginary = ref MemoryMarshal.GetReference(im[..(n * Lanes)]);
        var done = 1;
        if (BitOperations.Log2((uint)n) % 2 == 1)
        {
            for (nuint at = 0; at < (nuint)(n * Lanes); at += 2 * Lanes)
            {
                SumAndDifference(ref real, at);
                SumAndDifference(ref real, at + 4);
                SumAndDifference(ref imaginary, at);
                SumAndDifference(ref imaginary, at + 4);
            }

            done = 2;
        }

        // Transforms of `done` rows become transforms of four times as many.
        for (; done < n; done *= 4)
        {
            var stride = n / (4 * done);
            var step = (nuint)(done * Lanes);
            for (var k = 0; k < done; k++)
            {
                var (first, second) = (2 * k * stride, k * stride);
                var w = new Twiddles(At(cosine, first), At(sine, first), At(cosine, second), At(sine, second), At(cosine, first + second),
                    At(sine, first + second));
                for (var top = k; top < n; top += 4 * done)
                {
                    Butterfly(ref real, ref imaginary, (nuint)(top * Lanes), step, w);
                    Butterfly(ref real, ref imaginary, (nuint)(top * Lanes) + 4, step, w);
                }
            }
        }
    }

    private static Vector256<double> At(double[] table, int index) => Vector256.Create(table[index]);

    private static void SumAndDifference(ref double data, nuint at)
    {
        var a = Vector256.LoadUnsafe(ref data, at);
        var b = Vector256.LoadUnsafe(ref data, at + Lanes);
        (a + b).StoreUnsafe(ref data, at);
        (a - b).StoreUnsafe(ref data, at + Lanes);
    }

    /// <summary>Rows at, at + step, … of bit-reversed order: c0, c2 = (a0 + w1·a1) ± (w2·a2 + w3·a3); c1, c3 = (a0 − w1·a1) ∓ i·(w2·a2 −
    /// w3·a3).</summary>
    private static void Butterfly(ref double re, ref double im, nuint at, nuint step, in Twiddles w)
    {
        var xr = Vector256.LoadUnsafe(ref re, at + step);
        var xi = Vector256.LoadUnsafe(ref im, at + step);
        var tr = (xr * w.Cos1) - (xi * w.Sin1);
        var ti = (xr * w.Sin1) + (xi * w.Cos1);
        var ar = Vector256.LoadUnsafe(ref re, at);
        var ai = Vector256.LoadUnsafe(ref im, at);
        var (sumR, sumI, differenceR, differenceI) = (ar + tr, ai + ti, ar - tr, ai - ti);

        xr = Vector256.LoadUnsafe(ref re, at + (2 * step));
        xi = Vector256.LoadUnsafe(ref im, at + (2 * step));
        var ur = (xr * w.Cos2) - (xi * w.Sin2);
        var ui = (xr * w.Sin2) + (xi * w.Cos2);
        xr = Vector256.LoadUnsafe(ref re, at + (3 * step));
        xi = Vector256.LoadUnsafe(ref im, at + (3 * step));
        var vr = (xr * w.Cos3) - (xi * w.Sin3);
        var vi = (xr * w.Sin3) + (xi * w.Cos3);

        (sumR + (ur + vr)).StoreUnsafe(ref re, at);
        (sumI + (ui + vi)).StoreUnsafe(ref im, at);
        (sumR - (ur + vr)).StoreUnsafe(ref re, at + (2 * step));
        (sumI - (ui + vi)).StoreUnsafe(ref im, at + (2 * step));
        (differenceR + (ui - vi)).StoreUnsafe(ref re, at + step);
        (differenceI - (ur - vr)).StoreUnsafe(ref im, at + step);
        (differenceR - (ui - vi)).StoreUnsafe(ref re, at + (3 * step));
        (differenceI + (ur - vr)).StoreUnsafe(ref im, at + (3 * step));
    }

    private readonly record struct Twiddles(
        Vector256<double> Cos1, Vector256<double> Sin1, Vector256<double> Cos2, Vector256<double> Sin2, Vector256<double> Cos3,
            Vector256<double> Sin3);

    /// <summary>A transform of any length as a convolution with a chirp, done by two longer power-of-two transforms.</summary>
    private sealed class Bluestein
    {
        private readonly int n;
        private readonly int m;
        private readonly FourierColumns inner;
        private readonly double[] chirpRe;
        private readonly double[] chirpIm;
        private readonly double[] kernelRe;
        private readonly double[] kernelIm;
        private readonly double[] workRe;
        private readonly double[] workIm;
        private readonly double[] productRe;
        private readonly double[] productIm;

        public Bluestein(int n)
        {
            this.n = n;
            m = (int)BitOperations.RoundUpToPowerOf2((uint)((2 * n) - 1));
            inner = new FourierColumns(m);
            chirpRe = new double[n];
            chirpIm = new double[n];
            kernelRe = new double[m * Lanes];
            kernelIm = new double[m * Lanes];
            workRe = new double[m * Lanes];
            workIm = new double[m * Lanes];
            productRe = new double[m * Lanes];
            productIm = new double[m * Lanes];
            for (var i = 0; i < n; i++)
            {
                // i² modulo 2n keeps the angle small, so that it stays exact for large n.
                (chirpIm[i], chirpRe[i]) = Math.SinCos(-Math.PI * ((long)i * i % (2 * n)) / n);
                foreach (var row in i == 0 ? [0] : new[] { i, m - i })
                {
                    kernelRe.AsSpan(inner.Place(row) * Lanes, Lanes).Fill(chirpRe[i]);
                    kernelIm.AsSpan(inner.Place(row) * Lanes, Lanes).Fill(-chirpIm[i]);
                }
            }

            inner.Forward(kernelRe, kernelIm);
        }

        public void Forward(Span<double> re, Span<double> im)
        {
            Array.Clear(workRe);
            Array.Clear(workIm);
            for (var i = 0; i < n * Lanes; i++)
            {
                var row = i / Lanes;
                var to = (inner.Place(row) * Lanes) + (i % Lanes);
                workRe[to] = (re[i] * chirpRe[row]) - (im[i] * chirpIm[row]);
                workIm[to] = (re[i] * chirpIm[row]) + (im[i] * chirpRe[row]);
            }

            inner.Forward(workRe, workIm);
            for (var i = 0; i < m * Lanes; i++)
            {
                // The inverse transform is the forward one of the conjugate, conjugated and divided by m.
                var to = (inner.Place(i / Lanes) * Lanes) + (i % Lanes);
                productRe[to] = (workRe[i] * kernelRe[i]) - (workIm[i] * kernelIm[i]);
                productIm[to] = -((workRe[i] * kernelIm[i]) + (workIm[i] * kernelRe[i]));
            }

            inner.Forward(productRe, productIm);
            for (var i = 0; i < n * Lanes; i++)
            {
                var row = i / Lanes;
                var real = productRe[i] / m;
                var imaginary = -productIm[i] / m;
                re[i] = (real * chirpRe[row]) - (imaginary * chirpIm[row]);
                im[i] = (real * chirpIm[row]) + (imaginary * chirpRe[row]);
            }
        }
    }
}
