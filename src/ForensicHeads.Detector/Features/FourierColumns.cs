using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector;

/// <summary>Discrete Fourier transforms of eight columns at once: <c>F(k) = Σ f(y)·exp(−2πi·k·y/n)</c>, no scaling.</summary>
/// <remarks>
/// Data are float64[n][8] real and imaginary parts, in place. Eight neighbouring columns fill the vector registers without any
/// shuffling and, up to n = 256, stay in the first-level cache. Powers of two: radix 2 (Cooley and Tukey 1965); other lengths: Bluestein
/// 1970. An instance owns scratch memory and belongs to one thread.
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
        cosine = new double[n / 2];
        sine = new double[n / 2];
        for (var i = 0; i < n / 2; i++) (sine[i], cosine[i]) = Math.SinCos(-2 * Math.PI * i / n);
    }

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
        for (var i = 0; i < n; i++)
        {
            if (i >= reversed[i]) continue;
            SwapRows(ref real, i, reversed[i]);
            SwapRows(ref imaginary, i, reversed[i]);
        }

        for (var half = 1; half < n; half *= 2)
        {
            var stride = n / (2 * half);
            for (var k = 0; k < half; k++)
            {
                var c = Vector256.Create(cosine[k * stride]);
                var s = Vector256.Create(sine[k * stride]);
                for (var top = k; top < n; top += 2 * half)
                {
                    Butterfly(ref real, ref imaginary, (nuint)(top * Lanes), (nuint)((top + half) * Lanes), c, s);
                    Butterfly(ref real, ref imaginary, (nuint)((top * Lanes) + 4), (nuint)(((top + half) * Lanes) + 4), c, s);
                }
            }
        }
    }

    private static void Butterfly(ref double re, ref double im, nuint a, nuint b, Vector256<double> c, Vector256<double> s)
    {
        var br = Vector256.LoadUnsafe(ref re, b);
        var bi = Vector256.LoadUnsafe(ref im, b);
        var tr = (br * c) - (bi * s);
        var ti = (br * s) + (bi * c);
        var ar = Vector256.LoadUnsafe(ref re, a);
        var ai = Vector256.LoadUnsafe(ref im, a);
        (ar + tr).StoreUnsafe(ref re, a);
        (ai + ti).StoreUnsafe(ref im, a);
        (ar - tr).StoreUnsafe(ref re, b);
        (ai - ti).StoreUnsafe(ref im, b);
    }

    private static void SwapRows(ref double data, int i, int j)
    {
        for (nuint lane = 0; lane < Lanes; lane += 4)
        {
            var a = Vector256.LoadUnsafe(ref data, (nuint)(i * Lanes) + lane);
            var b = Vector256.LoadUnsafe(ref data, (nuint)(j * Lanes) + lane);
            b.StoreUnsafe(ref data, (nuint)(i * Lanes) + lane);
            a.StoreUnsafe(ref data, (nuint)(j * Lanes) + lane);
        }
    }

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
            for (var i = 0; i < n; i++)
            {
                // i² modulo 2n keeps the angle small, so that it stays exact for large n.
                (chirpIm[i], chirpRe[i]) = Math.SinCos(-Math.PI * ((long)i * i % (2 * n)) / n);
                foreach (var row in i == 0 ? [0] : new[] { i, m - i })
                {
                    kernelRe.AsSpan(row * Lanes, Lanes).Fill(chirpRe[i]);
                    kernelIm.AsSpan(row * Lanes, Lanes).Fill(-chirpIm[i]);
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
                workRe[i] = (re[i] * chirpRe[row]) - (im[i] * chirpIm[row]);
                workIm[i] = (re[i] * chirpIm[row]) + (im[i] * chirpRe[row]);
            }

            inner.Forward(workRe, workIm);
            for (var i = 0; i < m * Lanes; i++)
            {
                // The inverse transform is the forward one of the conjugate, conjugated and divided by m.
                var real = (workRe[i] * kernelRe[i]) - (workIm[i] * kernelIm[i]);
                workIm[i] = -((workRe[i] * kernelIm[i]) + (workIm[i] * kernelRe[i]));
                workRe[i] = real;
            }

            inner.Forward(workRe, workIm);
            for (var i = 0; i < n * Lanes; i++)
            {
                var row = i / Lanes;
                var real = workRe[i] / m;
                var imaginary = -workIm[i] / m;
                re[i] = (real * chirpRe[row]) - (imaginary * chirpIm[row]);
                im[i] = (real * chirpIm[row]) + (imaginary * chirpRe[row]);
            }
        }
    }
}
