using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace ForensicHeads.Detector.Features;

/// <summary>Mean of <c>20·ln(|F| + 1e-8)</c> over rings of the centred Fourier transform of an n × n grey picture. One thread's
/// scratch.</summary>
internal sealed class RadialSpectrum
{
    private const int Lanes = FourierColumns.Lanes;

    private readonly int n;
    private readonly int pairs;
    private readonly int half;
    private readonly int halfPadded;
    private readonly FourierColumns fourier;
    private readonly double[] blockRe;
    private readonly double[] blockIm;
    private readonly double[] firstRe;
    private readonly double[] firstIm;
    private readonly double[] sums;
    private readonly int[] ringOf;
    private readonly double[] counts;

    public RadialSpectrum(int n)
    {
        this.n = n;
        pairs = (n + 1) / 2;
        half = (n / 2) + 1;
        halfPadded = (half + Lanes - 1) / Lanes * Lanes;
        fourier = new FourierColumns(n);
        Grey = new double[n * n];
        blockRe = new double[n * Lanes];
        blockIm = new double[n * Lanes];
        firstRe = new double[n * halfPadded];
        firstIm = new double[n * halfPadded];
        // One more ring takes what lies outside, so that the inner loop has no branch.
        sums = new double[RingCount(n) + 1];
        counts = new double[sums.Length];
        ringOf = new int[n * halfPadded];
        for (var u = 0; u < n; u++)
        {
            for (var v = 0; v < halfPadded; v++)
            {
                double x = u < (n + 1) / 2 ? u : u - n;
                var ring = v < half ? Math.Min((int)Math.Sqrt((x * x) + ((double)v * v)), sums.Length - 1) : sums.Length - 1;
                ringOf[(v / Lanes * Lanes * n) + (u * Lanes) + (v % Lanes)] = ring;
                counts[ring] += Weight(v);
            }
        }
    }

    /// <summary>Input: float64[n × n], filled by the caller.</summary>
    public double[] Grey { get; }

    /// <summary>floor(n/√2) rings.</summary>
    public static int RingCount(int n) => (int)Math.Floor(n / Math.Sqrt(2));

    /// <summary>Writes the mean level of each ring, float64[RingCount(n)], in decibel-like units (20·ln).</summary>
    public void MeanLevels(Span<double> levels)
    {
        TransformColumns();
        Array.Clear(sums);
        for (var v0 = 0; v0 < halfPadded; v0 += Lanes)
        {
            for (var x = 0; x < n; x++)
            {
                var to = fourier.Place(x) * Lanes;
                firstRe.AsSpan((x * halfPadded) + v0, Lanes).CopyTo(blockRe.AsSpan(to));
                firstIm.AsSpan((x * halfPadded) + v0, Lanes).CopyTo(blockIm.AsSpan(to));
            }

            fourier.Forward(blockRe, blockIm);
            AddRings(v0);
        }

        for (var r = 0; r < levels.Length; r++) levels[r] = 20 * sums[r] / counts[r];
    }

    /// <summary>Adds ln(|F| + 1e-8) of eight columns to their rings. A real picture's transform is symmetric: columns 1 … n/2 − 1 stand for
    /// their mirror images too.</summary>
    private void AddRings(int v0)
    {
        for (var i = 0; i < blockRe.Length; i += 4) Magnitude(i).CopyTo(blockRe, i);
        TensorPrimitives.Log<double>(blockRe, blockRe);
        var low = Vector256.Create(Weight(v0), Weight(v0 + 1), Weight(v0 + 2), Weight(v0 + 3));
        var high = Vector256.Create(Weight(v0 + 4), Weight(v0 + 5), Weight(v0 + 6), Weight(v0 + 7));
        for (var i = 0; i < blockRe.Length; i += Lanes)
        {
            (low * Vector256.Create<double>(blockRe.AsSpan(i))).CopyTo(blockRe, i);
            (high * Vector256.Create<double>(blockRe.AsSpan(i + 4))).CopyTo(blockRe, i + 4);
        }

        var rings = ringOf.AsSpan(v0 * n, n * Lanes);
        var levels = blockRe.AsSpan(0, rings.Length);
        for (var i = 0; i < rings.Length; i++) sums[rings[i]] += levels[i];
    }

    private Vector256<double> Magnitude(int i)
    {
        var re = Vector256.Create<double>(blockRe.AsSpan(i));
        var im = Vector256.Create<double>(blockIm.AsSpan(i));
        return Vector256.Sqrt((re * re) + (im * im)) + Vector256.Create(1e-8);
    }

    private double Weight(int v) => v >= half ? 0 : v == 0 || 2 * v == n ? 1 : 2;

    /// <summary>Transforms along y, two real columns in one complex transform; keeps the rows v = 0 … n/2, transposed to [x][v].</summary>
    private void TransformColumns()
    {
        for (var c = 0; c < pairs; c += Lanes)
        {
            var lanes = Math.Min(Lanes, pairs - c);
            var partners = Math.Clamp(n - pairs - c, 0, lanes);
            for (var y = 0; y < n; y++)
            {
                var row = Grey.AsSpan(y * n, n);
                var to = fourier.Place(y) * Lanes;
                row.Slice(c, lanes).CopyTo(blockRe.AsSpan(to));
                row.Slice(Math.Min(c + pairs, n), partners).CopyTo(blockIm.AsSpan(to));
                blockRe.AsSpan(to + lanes, Lanes - lanes).Clear();
                blockIm.AsSpan(to + partners, Lanes - partners).Clear();
            }

            fourier.Forward(blockRe, blockIm);
            for (var lane = 0; lane < lanes; lane++)
            {
                var a = (c + lane) * halfPadded;
                var b = (c + lane + pairs) * halfPadded;
                for (var v = 0; v < half; v++)
                {
                    var i = (v * Lanes) + lane;
                    var j = ((v == 0 ? 0 : n - v) * Lanes) + lane;
                    firstRe[a + v] = (blockRe[i] + blockRe[j]) / 2;
                    firstIm[a + v] = (blockIm[i] - blockIm[j]) / 2;
                    if (lane >= partners) continue;
                    firstRe[b + v] = (blockIm[i] + blockIm[j]) / 2;
                    firstIm[b + v] = (blockRe[j] - blockRe[i]) / 2;
                }
            }
        }
    }
}
