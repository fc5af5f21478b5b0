namespace ForensicHeads.Statistics;

/// <summary>
/// Empirical lower and upper bound of log-likelihood ratios (Vergeer et al. 2016, Science and Justice 56, 482–491): beyond them, one more
/// misleading case on each side would make the system worse than saying nothing.
/// </summary>
/// <remarks>
/// At threshold t the expected loss is P(LR ≤ t | generated) + t·P(LR &gt; t | real); that of LR = 1 is 1 for t ≥ 1 and t below. Thresholds
/// lie on a grid of 0.01 in log10, limited to the data's range and to what the numbers of cases can show, as in the NFI's program
/// <c>lir</c>.
/// </remarks>
public static class Elub
{
    private const double Step = 0.01;
    private const double Extreme = 9;

    /// <summary>The bounds in log10, lower ≤ 0 ≤ upper.</summary>
    /// <param name="llrs">log10 likelihood ratios, positive = generated.</param>
    /// <param name="generated">Labels; both classes must occur.</param>
    public static (double Lower, double Upper) Bounds(IReadOnlyList<double> llrs, IReadOnlyList<bool> generated)
    {
        var fakes = Sorted(llrs, generated, wanted: true);
        var reals = Sorted(llrs, generated, wanted: false);
        var low = Math.Max(Math.Min(fakes[0], reals[0]), -Math.Log10(fakes.Length + 1));
        var high = Math.Min(Math.Max(fakes[^1], reals[^1]), Math.Log10(reals.Length + 1));
        var first = Math.Min(0, (int)Math.Floor(low / Step));
        var last = Math.Max(0, (int)Math.Floor(high / Step) + 1);
        double lower = first, upper = last;
        for (var k = first; k <= last; k++)
        {
            var t = Math.Pow(10, k * Step);
            // The two misleading cases: a generated one never accepted, a real one always.
            var missed = (CountAtMost(fakes, k * Step) + 1.0) / (fakes.Length + 1);
            var wrongly = (reals.Length - CountAtMost(reals, k * Step) + 1.0) / (reals.Length + 1);
            var neutral = k >= 0 ? 1 : t;
            if (neutral >= missed + (t * wrongly)) continue;
            if (k <= 0) lower = Math.Max(lower, k + 1);
            if (k >= 0) upper = Math.Min(upper, k - 1);
        }

        return (Math.Min(lower, 0) * Step, Math.Max(upper, 0) * Step);
    }

    private static double[] Sorted(IReadOnlyList<double> llrs, IReadOnlyList<bool> generated, bool wanted)
    {
        var values = Enumerable.Range(0, llrs.Count).Where(i => generated[i] == wanted).Select(i => Math.Clamp(llrs[i], -Extreme, Extreme))
            .ToArray();
        Array.Sort(values);
        return values;
    }

    private static int CountAtMost(double[] sorted, double limit)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= limit) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
