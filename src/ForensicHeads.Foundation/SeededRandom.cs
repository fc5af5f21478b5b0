using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ForensicHeads.Foundation;

/// <summary>A seeded, named stream of random numbers: xoshiro256** (Blackman and Vigna 2018), state filled from SHA-256 of seed and
/// name.</summary>
/// <remarks>
/// Every random draw of the toolkit comes from such a stream, so that adding a draw in one place never shifts another. The sequence
/// depends on nothing but seed and name: not on the machine, the runtime or the number of threads. Not for cryptography, not thread-safe.
/// </remarks>
public sealed class SeededRandom
{
    private readonly ulong[] state = new ulong[4];
    private double spareGaussian = double.NaN;

    /// <summary>Opens the stream called <paramref name="name"/> under <paramref name="seed"/>.</summary>
    public SeededRandom(long seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{name}")), hash);
        for (var i = 0; i < 4; i++) state[i] = BinaryPrimitives.ReadUInt64LittleEndian(hash[(8 * i)..]);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(state[1] * 5, 7) * 9;
        var shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = BitOperations.RotateLeft(state[3], 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform integer in 0 … <paramref name="count"/> − 1, without modulo bias (Lemire 2019).</summary>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (true)
        {
            var product = (ulong)(uint)(NextBits() >> 32) * (uint)count;
            if ((uint)product >= (uint)(-count) % (uint)count) return (int)(product >> 32);
        }
    }

    /// <summary>Normal with the given mean and standard deviation (polar method of Marsaglia).</summary>
    public double Gaussian(double mean = 0, double deviation = 1)
    {
        if (!double.IsNaN(spareGaussian))
        {
            var spare = spareGaussian;
            spareGaussian = double.NaN;
            return mean + (deviation * spare);
        }

        while (true)
        {
            var u = Uniform(-1, 1);
            var v = Uniform(-1, 1);
            var s = (u * u) + (v * v);
            if (s is >= 1 or 0) continue;
            var factor = Math.Sqrt(-2 * Math.Log(s) / s);
            spareGaussian = v * factor;
            return mean + (deviation * u * factor);
        }
    }

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>One of the items, uniformly.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[NextInt(items.Count)];

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var items = Enumerable.Range(0, count).ToArray();
        Shuffle<int>(items);
        return items;
    }
}
