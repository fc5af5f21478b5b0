using System.Numerics;

namespace ForensicHeads.Statistics;

/// <summary>The exact sign-flip (paired permutation) test over people: is the mean of the differences zero?</summary>
public static class SignFlip
{
    /// <summary>Up to this many people all 2^n sign patterns are enumerated.</summary>
    public const int ExactLimit = 20;

    /// <summary>Random sign patterns drawn above <see cref="ExactLimit"/>.</summary>
    public const int Draws = 99_999;

    /// <summary>Two-sided p value, or null without differences.</summary>
    /// <param name="differences">One paired difference a person; the statistic is the absolute sum.</param>
    /// <param name="seed">Seed of the Monte Carlo used above 20 people, whose p is (b + 1) / (draws + 1).</param>
    public static double? Test(IReadOnlyList<double> differences, long seed = 0)
    {
        // A person without a difference adds nothing under either sign.
        var values = differences.Where(value => value != 0).ToArray();
        if (differences.Count == 0) return null;
        if (values.Length == 0) return 1;
        var observed = Math.Abs(values.Sum());
        var tolerance = 1e-12 * values.Sum(Math.Abs);
        return values.Length <= ExactLimit ? Enumerate(values, observed - tolerance) : Sample(values, observed - tolerance, seed);
    }

    private static double Enumerate(double[] values, double threshold)
    {
        // Gray code: each pattern differs from the one before in one sign. The first sign is held, since the statistic is symmetric.
        var signs = new double[values.Length];
        Array.Fill(signs, 1);
        var sum = values.Sum();
        var patterns = 1 << (values.Length - 1);
        var extreme = Math.Abs(sum) >= threshold ? 1 : 0;
        for (var i = 1; i < patterns; i++)
        {
            var bit = BitOperations.TrailingZeroCount(i) + 1;
            signs[bit] = -signs[bit];
            sum += 2 * signs[bit] * values[bit];
            if (Math.Abs(sum) >= threshold) extreme++;
        }

        return (double)extreme / patterns;
    }

    private static double Sample(double[] values, double threshold, long seed)
    {
        var random = new SeededRandom(seed, "reporting/sign-flip");
        var extreme = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            foreach (var value in values) sum += random.Chance(0.5) ? value : -value;
            if (Math.Abs(sum) >= threshold) extreme++;
        }

        return (extreme + 1.0) / (Draws + 1.0);
    }
}
